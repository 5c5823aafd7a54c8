"""How many proposals somebody may have under way at once: by what became of earlier ones, never by a fee."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from tasks.challenges.lifecycle import State
from tasks.proposals.lifecycle import ADMITTED, LIVE, OPENED, ProposalState
from tasks.proposals.models import Proposal

AT_FIRST, PROVEN, CAREFUL = 10, 30, 3
LOOKED_AT = 3
"""So many in a row that were not admitted bring the number down, until one is."""


def most_live(person: User) -> int:
    """How many this person may have as drafts or submitted, in calls that are open.

    Ten at first; thirty once one was admitted to a review; three while the last three that were opened were not.
    """
    judged = Proposal.objects.filter(author=person, state__in=OPENED - {ProposalState.OPENED})
    last = list(judged.order_by("-submitted_at", "-pk").values_list("state", flat=True)[:LOOKED_AT])
    if len(last) == LOOKED_AT and not ADMITTED.intersection(last):
        return CAREFUL
    return PROVEN if judged.filter(state__in=ADMITTED).exists() else AT_FIRST


def too_many(person: User) -> Promise | None:
    """Why no other proposal can be begun now; None where one can."""
    most = most_live(person)
    live = Proposal.objects.filter(author=person, state__in=LIVE, challenge__state=State.OPEN).count()
    if live < most:
        return None
    said = _("You have {most} proposals under way, the most for your record. Withdraw one or throw a draft away first.")
    return format_lazy(said, most=most)
