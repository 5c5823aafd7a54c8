"""Every state was reached by legal steps, and every step left its fact (I6, I16)."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from marketplace.invariants.finding import Finding, found
from marketplace.kernel.lifecycle import Step
from marketplace.outbox.models import Fact
from tasks.challenges import lifecycle as challenge_life
from tasks.challenges.models import Challenge
from tasks.proposals import lifecycle as proposal_life
from tasks.proposals.models import Proposal

Told = Callable[[Fact], list[Step]]
"""The steps that a fact may tell of; none for a fact that moves nothing."""

CHALLENGE_KINDS = {
    "challenge.submitted": ["submit"],
    "challenge.returned": ["return"],
    "challenge.approved": ["approve"],
    "challenge.opened": ["open"],
    "challenge.cancelled": ["cancel"],
    "challenge.closed": ["close"],
    "challenge.review_started": ["review"],
    "challenge.adjudicated": ["adjudicate"],
    "challenge.notice_published": ["publish_notice"],
    "challenge.awarded": ["award"],
    "challenge.failed": ["fail_unanswered", "fail_below_threshold"],
}
PROPOSAL_KINDS = {
    "proposal.submitted": ["submit"],
    "proposal.withdrawn": ["withdraw"],
    "proposal.opened": ["open"],
    "proposal.unopenable": ["fail_to_open"],
    "proposal.admitted": ["admit"],
    "proposal.rejected": ["reject"],
    "proposal.settled": ["win", "reserve", "pass_over"],
}


def challenges_moved_legally() -> Finding:
    """I6, I16 for challenges: their facts lead by legal steps to the state and the version that the row has."""
    facts = _facts("challenge:")
    rows = list(Challenge.objects.values_list("public_id", "state", "version"))
    answers = (
        _wrong(public_id, state, facts[public_id], _challenge_steps)
        or _wrong_version(public_id, version, facts[public_id])
        for public_id, state, version in rows
    )
    return found("I6 I16 legal steps of challenges", len(rows), answers)


def proposals_moved_legally() -> Finding:
    """I6, I16 for proposals; autosave changes versions without a fact, so only states are compared."""
    facts = _facts("proposal:")
    rows = list(Proposal.objects.values_list("public_id", "state"))
    answers = (_wrong(public_id, state, facts[public_id], _proposal_steps) for public_id, state in rows)
    return found("I6 I16 legal steps of proposals", len(rows), answers)


def _facts(prefix: str) -> dict[str, list[Fact]]:
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in Fact.objects.filter(stream__startswith=prefix).order_by("stream", "sequence"):
        told[fact.stream.removeprefix(prefix)].append(fact)
    return told


def _challenge_steps(fact: Fact) -> list[Step]:
    return [challenge_life.STEPS[name] for name in CHALLENGE_KINDS.get(fact.kind, [])]


def _proposal_steps(fact: Fact) -> list[Step]:
    names = PROPOSAL_KINDS.get(fact.kind, [])
    outcome = fact.data.get("outcome")
    return [proposal_life.STEPS[name] for name in names if outcome is None or name == outcome]


def _wrong(public_id: str, state: str, facts: Iterable[Fact], told: Told) -> str | None:
    reached = "DRAFT"
    for fact in facts:
        steps = told(fact)
        legal = [step for step in steps if reached in step.sources]
        if steps and not legal:
            return f"{public_id}: {fact.kind} out of state {reached}"
        reached = legal[0].target if legal else reached
    return None if reached == state else f"{public_id}: is {state}, its facts lead to {reached}"


def _wrong_version(public_id: str, version: int, facts: list[Fact]) -> str | None:
    told = facts[-1].version if facts else 0
    return None if told == version else f"{public_id}: has version {version}, its last fact tells of {told}"
