"""What becomes of a verified organisation: its verification ends, is renewed, suspended and restored (S5, S6)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import events, papers, policy, queries
from marketplace.accounts.lifecycle import STEPS, VERIFIED_FOR, OrganisationState
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.official_register import UNASKED, Finding
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import SYSTEM, require
from marketplace.outbox.record import record

TOLD_BEFORE = timedelta(days=30)
"""How long before the end of its verification an organisation's officers hear of it."""


def renew_organisation(
    *, public_id: str, actor: User, finding: Finding = UNASKED, by_hand: bool = False, version: int | None = None
) -> Organisation:
    """Verify it for another year, counted from today, because nothing about it has changed (S5).

    Raises Refusal, Stale or NotFound.
    """
    with transaction.atomic():
        organisation = queries.locked_organisation(public_id, version)
        allowed = require(policy.may_renew(actor, organisation))
        require_comparison(organisation, finding, by_hand=by_hand)
        changes = {"verified_until": clock.now() + VERIFIED_FOR, "end_told_at": None}
        if organisation.state == OrganisationState.EXPIRED:
            move(organisation, STEPS["verify"], **changes)
        else:
            revise(organisation, **changes)
        record(events.OrganisationRenewed.found(organisation, finding.outcome, by_hand=by_hand), by=allowed)
    return organisation


def suspend_organisation(*, public_id: str, actor: User, reason: str, version: int | None = None) -> Organisation:
    """Let it act no more until it is restored (S6, H24): whoever asks `queries.stands_verified` stops.

    It posts, proposes, invites, joins and consents no more, and what it has handed in is not published. Raises Refusal,
    Stale or NotFound.
    """
    with transaction.atomic():
        organisation = queries.locked_organisation(public_id, version)
        allowed = require(policy.may_suspend(actor, organisation))
        if not reason.strip():
            raise Refusal(_("Please say why; its officers will read it."), field="reason")
        move(organisation, STEPS["suspend"])
        record(events.OrganisationSuspended.of(organisation, reason=reason.strip()), by=allowed)
    return organisation


def restore_organisation(*, public_id: str, actor: User, reason: str, version: int | None = None) -> Organisation:
    """Lift the suspension (S6); it acts again as long as its verification runs. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        organisation = queries.locked_organisation(public_id, version)
        allowed = require(policy.may_restore(actor, organisation))
        if not reason.strip():
            raise Refusal(_("Please say why; its officers will read it."), field="reason")
        move(organisation, STEPS["restore"])
        record(events.OrganisationRestored.of(organisation, reason=reason.strip()), by=allowed)
    return organisation


def keep_verifications() -> int:
    """Tell of verifications that end soon, and end those that are over; how many ended (S5)."""
    for public_id in _ending(clock.now() + TOLD_BEFORE):
        _tell_of_end(public_id)
    return sum(_expire(public_id) for public_id in _over(clock.now()))


def require_comparison(organisation: Organisation, finding: Finding, *, by_hand: bool) -> None:
    """The authorising letter is there (S1, H29), and the register agrees or the officer compared. Raises Refusal."""
    if not papers.has_letter(organisation):
        raise Refusal(_("There is no authorising letter yet, or it is still being scanned."))
    if finding.needs_word and not by_hand:
        raise Refusal(finding.outcome.label, field="by_hand")


def _tell_of_end(public_id: str) -> None:
    with transaction.atomic():
        organisation = queries.locked_organisation(public_id)
        if organisation.state == OrganisationState.VERIFIED and organisation.end_told_at is None:
            revise(organisation, end_told_at=clock.now())
            record(events.OrganisationEndsSoon.of(organisation), by=SYSTEM)


def _expire(public_id: str) -> bool:
    with transaction.atomic():
        organisation = queries.locked_organisation(public_id)
        end, now = organisation.verified_until, clock.now()
        due = organisation.state == OrganisationState.VERIFIED and end is not None and end <= now
        if due:
            move(organisation, STEPS["expire"])
            record(events.OrganisationExpired.of(organisation), by=SYSTEM)
    return due


def _ending(before: datetime) -> list[str]:
    """Verified organisations whose verification ends before this moment and who have not been told, by public id."""
    return list(_verified_until(before).filter(end_told_at=None).values_list("public_id", flat=True))


def _over(now: datetime) -> list[str]:
    return list(_verified_until(now).values_list("public_id", flat=True))


def _verified_until(moment: datetime) -> QuerySet[Organisation]:
    rows = Organisation.objects.filter(state=OrganisationState.VERIFIED, verified_until__lte=moment)
    return rows.order_by("pk")
