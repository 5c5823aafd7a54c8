"""Proposals came in time and stayed closed until they were opened (I9, I10, I12)."""

from typing import Any

from marketplace.invariants.finding import Finding, found, view
from marketplace.outbox.models import Fact
from marketplace.sealing import queries as sealing
from marketplace.sealing.queries import ENOUGH
from tasks.challenges.models import Challenge
from tasks.proposals.lifecycle import OPENED, ProposalState

COLUMNS = "id, challenge, state, code, submitted_at, deadline, opened_at"


def submitted_in_time() -> Finding:
    """I12: whatever was submitted was submitted before the deadline (`t < deadline`)."""
    rows = [row for row in view("proposal", COLUMNS) if row["submitted_at"] is not None]
    late = (
        None if row["submitted_at"] < row["deadline"] else f"{row['id']}: submitted at or after the deadline"
        for row in rows
    )
    return found("I12 deadline", len(rows), late)


def closed_until_opened() -> Finding:
    """I9, I10: no proposal shows a state of after the opening before it, and the opening opened every submitted one."""
    rows = view("proposal", COLUMNS)
    return found("I9 I10 nothing before the opening", len(rows), map(_seen_early, rows))


def no_proposal_in_the_challenges_stream() -> Finding:
    """I9: before opening the challenge's own stream says nothing of proposals."""
    unopened = Challenge.objects.filter(proposals_opened_at=None).values_list("public_id", flat=True)
    streams = {f"challenge:{public_id}" for public_id in unopened}
    facts = Fact.objects.filter(stream__startswith="challenge:", kind__startswith="proposal.")
    told = (f"{fact.stream}: {fact.kind} before the opening" for fact in facts if fact.stream in streams)
    return found("I9 silent streams", len(streams), told)


def opened_by_three() -> Finding:
    """I10, L12: proposals were opened after the deadline, confirmed by the supervisor and two officers, three people.

    Before proposals were sealed by adjudicator and supervisor: where there is no key.
    """
    opened = Challenge.objects.exclude(proposals_opened_at=None).prefetch_related("opening_confirmations")
    rows = list(opened)
    return found("I10 opening", len(rows), map(_opened_wrongly, rows))


def _seen_early(row: dict[str, Any]) -> str | None:
    opened = row["opened_at"] is not None
    if not opened and (row["state"] in OPENED or row["code"]):
        return f"{row['id']}: {row['state']} {row['code']} though nothing was opened"
    if opened and row["state"] == ProposalState.SUBMITTED:
        return f"{row['id']}: still closed after the opening"
    return None


def _opened_wrongly(challenge: Challenge) -> str | None:
    given = list(challenge.opening_confirmations.all())
    sides = sorted(row.side for row in given)
    officers = {row.user_id for row in given if row.side == "OFFICER"}
    supervised = any(row.side == "SUPERVISOR" and row.user_id == challenge.supervisor_id for row in given)
    unsealed = sides == ["ADJUDICATOR", "SUPERVISOR"] and sealing.key_of(challenge.public_id) is None
    if not supervised or not (unsealed or (len(officers) == ENOUGH and challenge.supervisor_id not in officers)):
        return f"{challenge.public_id}: opened without all confirmations"
    deadline, opened_at = challenge.deadline, challenge.proposals_opened_at
    if deadline is None or opened_at is None or opened_at < deadline:
        return f"{challenge.public_id}: opened before the deadline"
    return None
