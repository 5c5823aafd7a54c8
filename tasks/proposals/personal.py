"""What proposals keep of people (`kernel.personal`): texts encrypted, envelopes without the boxes that open them."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.concealing import CannotDecrypt
from marketplace.kernel.personal import COUNTED, ROW, RULED, AtErasure, Datum, Kept, Purpose, Row, Table, in_code
from tasks.declaring import goes, part, stays
from tasks.proposals import keeping
from tasks.proposals.keeping import KeptText
from tasks.proposals.lifecycle import ProposalState

PROPOSALS = _("Proposals")
LOST = sorted(set(ProposalState) - {ProposalState.WINNING})
WON = {"state": ProposalState.WINNING}


def _said(row: Row) -> Any:
    """The text as its author reads it: what is sealed, nobody does."""
    try:
        return {name: value for name, value in row.content.as_values().items() if value}
    except CannotDecrypt:  # the copy of everything else is not refused for it
        return None


def _earlier(row: Row) -> Any:
    """An earlier version as its author reads it."""
    return {name: value for name, value in row.content.as_values().items() if value}


def _without_team(row: Row) -> dict[str, Any]:
    """An opened proposal without what it says of people."""
    return {"kept": keeping.as_opened(KeptText(replace(row.content, team="")))}


PROPOSAL = Table(
    "tasks.Proposal",
    part(
        PROPOSALS,
        "author",
        goes(_("text, price and team of proposals that did not win; you read it while it is not sealed"), "kept",
              why=Purpose.PROPOSING, kept=Kept.RECORD, shown=_said),
        where={"state__in": LOST},
    ),
    part(
        PROPOSALS,
        "author",
        Datum(
            what=_("text and price of a proposal that won, as the ground of the award; the team in it goes"),
            columns=("kept",),
            why=Purpose.RECORD,
            kept=Kept.RECORD,
            erased=AtErasure.REPLACED,
            shown=_said,
            put=_without_team,
        ),
        where=WON,
    ),
    part(
        PROPOSALS,
        "author",
        stays(
            _("which proposals you handed in, when, and what became of them"),
            *("public_id", "challenge", "organisation", "team", "state", "code", "rejection"),
            *("submitted_at", "saved_at", "created_at"),
        ),
    ),
    plain={ROW: "id", COUNTED: "version moved_at"},
)  # fmt: skip

HANDED_IN = (
    Table(
        "tasks.DraftVersion",
        part(
            PROPOSALS,
            "proposal__author",
            goes(_("earlier versions of your drafts"), "kept", why=Purpose.PROPOSING, kept=Kept.RECORD,
                  shown=_earlier),
        ),
        part(PROPOSALS, "saved_by", stays(_("when you saved which version of a draft"), "saved_at")),
        plain={ROW: "id number"},
    ),
    Table(
        "tasks.SealedEnvelope",
        part(
            PROPOSALS,
            "proposal__author",
            goes(_("what opens what you handed in; without it nobody reads the sealed bytes that stay"), "box",
                  "owner_box", why=Purpose.PROPOSING, kept=Kept.RECORD, shown=in_code),
            stays(_("what you handed in, sealed, and the values by which it is recognised"), "sealed_at", "digest",
                   "commitment"),
        ),
        plain={ROW: "id number", "encrypted under a key that goes": "sealed"},
    ),
    Table(
        "tasks.IntakeTicket",
        part(
            PROPOSALS,
            "proposal__author",
            stays(_("when you handed something in, and whether it was in time"), "public_id", "taken_at", "state",
                   "refusal"),
        ),
        plain={ROW: "id", COUNTED: "version moved_at of_version"},
    ),
    Table(
        "tasks.SubmissionReceipt",
        part(
            PROPOSALS,
            "envelope__proposal__author",
            stays(_("your receipts"), "platform", "decided_at", "sequence", "fact_digest", "signature"),
        ),
        plain={ROW: "id ticket", RULED: "key"},
    ),
    Table(
        "tasks.ReceiptTimestamp",
        part(
            PROPOSALS,
            "receipt__envelope__proposal__author",
            stays(_("when an authority outside stamped your receipts"), "stamped_at", "authority"),
        ),
        plain={ROW: "id", COUNTED: "attempts due_at", RULED: "answer fault"},
    ),
    Table(
        "tasks.ProposalRead",
        part(
            PROPOSALS,
            "reader",
            stays(_("proposals of others that you were shown after the opening: as what, on which day"), "role", "part",
                  "day", "at"),
        ),
        plain={ROW: "id proposal"},
    ),
)  # fmt: skip
