"""What can happen to a proposal (4.5), and nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class ProposalState(models.TextChoices):
    """The author alone knows of the first three; what `OPENED` lists, the case knows of too."""

    DRAFT = "DRAFT", _("draft")
    SUBMITTED = "SUBMITTED", _("submitted")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    OPENED = "OPENED", _("opened, formal check pending")
    INADMISSIBLE = "INADMISSIBLE", _("not admitted")
    UNDER_REVIEW = "UNDER_REVIEW", _("admitted to review")
    WINNING = "WINNING", _("selected for the award")
    RESERVE = "RESERVE", _("on the reserve list")
    NOT_SELECTED = "NOT_SELECTED", _("not selected")


class TicketState(models.TextChoices):
    """What became of a submission: a ticket is settled once, and what it says never changes."""

    TAKEN = "TAKEN", _("being sealed")
    ACCEPTED = "ACCEPTED", _("in time, sealed")
    LATE = "LATE", _("after the deadline")
    REFUSED = "REFUSED", _("not accepted")


STEPS = {
    "submit": Step({ProposalState.DRAFT}, ProposalState.SUBMITTED),  # L07
    "set_aside": Step({ProposalState.DRAFT}, ProposalState.WITHDRAWN),  # its author joined a team; its text stays
    "withdraw": Step({ProposalState.SUBMITTED}, ProposalState.WITHDRAWN),  # L07
    "discard": Step({ProposalState.DRAFT}, ProposalState.WITHDRAWN),  # L07
    "open": Step({ProposalState.SUBMITTED}, ProposalState.OPENED),  # L12
    "fail_to_open": Step({ProposalState.SUBMITTED}, ProposalState.INADMISSIBLE),  # I10
    "admit": Step({ProposalState.OPENED}, ProposalState.UNDER_REVIEW),  # L12
    "reject": Step({ProposalState.OPENED}, ProposalState.INADMISSIBLE),  # L12
    "win": Step({ProposalState.UNDER_REVIEW}, ProposalState.WINNING),  # L15
    "reserve": Step({ProposalState.UNDER_REVIEW}, ProposalState.RESERVE),  # L15
    "pass_over": Step({ProposalState.UNDER_REVIEW}, ProposalState.NOT_SELECTED),  # L14, L15
}

TICKET_STEPS = {
    "accept": Step({TicketState.TAKEN}, TicketState.ACCEPTED),  # I12
    "come_late": Step({TicketState.TAKEN}, TicketState.LATE),
    "refuse": Step({TicketState.TAKEN}, TicketState.REFUSED),
}

OPENED = frozenset(
    {
        ProposalState.OPENED,
        ProposalState.INADMISSIBLE,
        ProposalState.UNDER_REVIEW,
        ProposalState.WINNING,
        ProposalState.RESERVE,
        ProposalState.NOT_SELECTED,
    }
)
"""States after the opening: only now may anyone but the author know of the proposal."""

ADMITTED = OPENED - {ProposalState.OPENED, ProposalState.INADMISSIBLE}
"""A panel read it."""

LIVE = frozenset({ProposalState.DRAFT, ProposalState.SUBMITTED})
"""Before the deadline a solver has at most one of these for a challenge (L07)."""
