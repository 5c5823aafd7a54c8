"""The decision trail in words: what happened, in which role, when, and for what reason. Never a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts.roles import ActingAs, Role
from marketplace.outbox.models import Fact
from tasks import events
from tasks.challenges.lifecycle import FailureReason

WHAT: dict[str, Any] = {
    events.ChallengeDrafted.kind: gettext_lazy("The posting was drafted"),
    events.ChallengeEdited.kind: gettext_lazy("The posting was changed"),
    events.ChallengeSubmitted.kind: gettext_lazy("Handed in for approval"),
    events.ChallengeReleased.kind: gettext_lazy("Released by the first of two officers"),
    events.ChallengeReturned.kind: gettext_lazy("Returned for revision"),
    events.ChallengeKeyMade.kind: gettext_lazy(
        "Key made that proposals are sealed to; its halves given to opening officers"
    ),
    events.ChallengeApproved.kind: gettext_lazy("Approved; adjudicator and supervisor named"),
    events.ChallengeOpened.kind: gettext_lazy("Published; proposals are taken"),
    events.ChallengeAmended.kind: gettext_lazy("Amendment no. %(number)s published"),
    events.AmendmentReleased.kind: gettext_lazy("An amendment was released by the first of two officers"),
    events.AmendmentDropped.kind: gettext_lazy("The amendment that awaited the second hand was dropped"),
    events.ChallengeSuspended.kind: gettext_lazy("Call suspended by supervision"),
    events.ChallengeResumed.kind: gettext_lazy("Suspension lifted; the deadline moved by as long"),
    events.CancellationAsked.kind: gettext_lazy("The sponsor asked for the cancellation of the call"),
    events.CancellationRefused.kind: gettext_lazy("The cancellation of the call was refused"),
    events.ChallengeCancelled.kind: gettext_lazy("Call cancelled at the sponsor's request"),
    events.ChallengeClosed.kind: gettext_lazy("Deadline reached; the call closed"),
    events.OpeningConfirmed.kind: gettext_lazy("Opening of proposals confirmed"),
    events.ProposalsOpened.kind: gettext_lazy("Proposals opened: %(count)s"),
    events.PanelPoolFixed.kind: gettext_lazy("Experts in the pool, fixed before the draw: %(experts)s"),
    events.PanelDrawn.kind: gettext_lazy("Reviewers drawn at random: %(size)s"),
    events.ScoresVoided.kind: gettext_lazy("A reviewer left the panel; locked reviews no longer counted: %(reviews)s"),
    events.ReviewStarted.kind: gettext_lazy("Review started"),
    events.ChallengeAdjudicated.kind: gettext_lazy("Decision made"),
    events.NoticePublished.kind: gettext_lazy("Award notice published, working days: %(working_days)s"),
    events.ChallengeAwarded.kind: gettext_lazy("Award made"),
    events.ChallengeFailed.kind: gettext_lazy("Ended without an award: %(why)s"),
    events.ContactForgotten.kind: gettext_lazy("The contact person was taken out"),
}
CHECKS: dict[str, Any] = {
    events.PanelPoolFixed.kind: gettext_lazy("SHA-256 of the pool: %(pool)s"),
    events.PanelDrawn.kind: gettext_lazy("Seed of the draw: %(seed)s"),
}
"""What an outsider needs to recompute the draw."""


@dataclass(frozen=True)
class Entry:
    """One line of `components/trail.html`."""

    at: datetime
    what: str
    role: str
    reason: str
    who: str = ""


def entries(facts: Iterable[Fact]) -> list[Entry]:
    """The facts as lines, in their order; kinds this page has no words for are left out."""
    return [_entry(fact) for fact in facts if fact.kind in WHAT]


def _entry(fact: Fact) -> Entry:
    said = {**fact.data, "why": _why(fact)}
    check = str(CHECKS[fact.kind]) % said if fact.kind in CHECKS else ""
    return Entry(fact.occurred_at, str(WHAT[fact.kind]) % said, _role(fact), fact.reason or check)


def _why(fact: Fact) -> str:
    why = fact.data.get("why")
    return str(FailureReason(why).label) if why else ""


def _role(fact: Fact) -> str:
    for names in (Role, ActingAs):
        if fact.role in names.values:
            return str(names(fact.role).label)
    return _("the platform's clock")
