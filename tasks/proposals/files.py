"""Files of a proposal: at hand while it is written, their keys in its envelope while it is sealed (I8).

Who may bring and read them is the door's word (`tasks.adjudication.files`), since reviewers read them too.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.verdicts import Allowed
from marketplace.sealing import draft_keys
from marketplace.vault import custody
from tasks.proposals.models import Proposal

CODE = "proposal"
TITLE = _("Files")
MOST = 10
"""Of one purpose."""


class Paper(models.TextChoices):
    """What a file shows."""

    PLAN = "PLAN", _("technical plan")
    EVIDENCE = "EVIDENCE", _("evidence: tests, patents, references")
    DRAWING = "DRAWING", _("drawings and data")
    OTHER = "OTHER", _("something else")


class UnderDraftKey:
    """What files of a draft are is concealed under the draft's own key, which goes when it is sealed."""

    def conceal(self, text: str, *, of: str) -> str:
        """The text, under the key of this proposal's draft."""
        return draft_keys.concealed(text, of=of)

    def reveal(self, text: str, *, of: str) -> str:
        """What was concealed. Raises CannotDecrypt."""
        return draft_keys.revealed(text, of=of)


def at_hand(proposal: Proposal) -> list[str]:
    """What the files are called that would go into the envelope now, for those who write it."""
    return [str(one["name"]) for one in for_envelope(proposal)]


def for_envelope(proposal: Proposal) -> tuple[Mapping[str, Any], ...]:
    """What the envelope takes of them."""
    return tuple(custody.inventory(CODE, proposal.public_id))


def sealed(proposal: Proposal) -> None:
    """From here on the envelope alone tells of them."""
    custody.lock_away(CODE, proposal.public_id)


def lent(files: Iterable[Mapping[str, Any]], proposal: Proposal, *, earlier: Proposal | None = None) -> None:
    """At hand again with the text that its owner has read again, or, of a withdrawn one, for the proposal after it."""
    custody.bring_back(CODE, proposal.public_id, files, of=earlier.public_id if earlier else "")


def opened(files: Iterable[Mapping[str, Any]], proposal: Proposal, *, by: Allowed) -> None:
    """What was sealed is told; whatever was brought for a version that was never submitted is deleted."""
    custody.lay_open(CODE, proposal.public_id, files, by=by)


def withdrawn(proposal: Proposal, *, by: Allowed) -> None:
    """What was sealed stays for whoever has the reading code, until the call is over; the rest is deleted."""
    custody.set_free(CODE, proposal.public_id, by=by)


def won(proposal: Proposal) -> None:
    """They are the ground of an award, and stay when their bringer is erased."""
    custody.for_the_record(CODE, proposal.public_id)
