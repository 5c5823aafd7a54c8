"""What happens next with a proposal, said to its author. Pure."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tasks.challenges.lifecycle import FailureReason, State
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import Proposal

NEXT: dict[tuple[str, str], Any] = {
    (ProposalState.SUBMITTED, State.OPEN): _(
        "After the deadline a supervisor and two opening officers together open all proposals. "
        "Until then nobody else knows of yours, and nobody can read it."
    ),
    (ProposalState.SUBMITTED, State.SEALED): _(
        "The call has closed. The supervisor and two opening officers must confirm before the proposals are opened."
    ),
    (ProposalState.UNDER_REVIEW, State.SEALED): _(
        "Admitted. The review starts once every proposal is checked and the panel is complete."
    ),
    (ProposalState.UNDER_REVIEW, State.REVIEWING): _(
        "The panel scores without names; then the adjudicator decides and the award notice is published."
    ),
    (ProposalState.WINNING, State.NOTICE): _(
        "Selected. The award becomes final when the public notice has run its time."
    ),
    (ProposalState.WINNING, State.AWARDED): _(
        "The award is yours. Contract and payment are agreed with the sponsor, outside this platform."
    ),
}
ANYWHERE: dict[str, Any] = {
    ProposalState.OPENED: _("Opened. The adjudicator checks whether it meets the formal requirements."),
    ProposalState.INADMISSIBLE: _("It takes no part in the review. Its text stays yours."),
    ProposalState.RESERVE: _("Good enough, but not the first: it comes into play if the award cannot be carried out."),
    ProposalState.NOT_SELECTED: _("Not selected. Its text stays yours; the sponsor may not use it."),
    ProposalState.WITHDRAWN: _("Withdrawn: it takes no part in the call."),
}
CANCELLED = _("The call was cancelled before its deadline. Nothing was opened; what you have written stays yours.")
UNOPENED = _(
    "The call ended without an award: it was not opened in time. Nothing was opened; what you have written stays yours."
)
HELD = _("The call is suspended. Nothing is taken meanwhile; when it goes on, the deadline moves by as long.")


def next_for(proposal: Proposal, now: datetime) -> Any:
    """The sentence for this proposal at this moment."""
    challenge = proposal.challenge
    if challenge.state == State.CANCELLED:
        return CANCELLED
    if challenge.failure_reason == FailureReason.UNOPENED:
        return UNOPENED
    if challenge.held_since is not None:
        return HELD
    if proposal.state == ProposalState.DRAFT:
        return _draft_words(late=challenge.state != State.OPEN or (challenge.deadline or now) <= now)
    known = NEXT.get((proposal.state, challenge.state))
    return known or ANYWHERE.get(proposal.state, "")


def _draft_words(*, late: bool) -> Any:
    if late:
        return _("The deadline has passed and nothing was submitted. Your draft is kept.")
    return _("Not submitted yet: it takes part only if you submit it before the deadline.")
