"""What challenges, lists, proposals and their judging keep of people (`kernel.personal`).

What says something of a person goes with them; what says something of a matter that was decided stays, without a name:
how a decision came about can be checked for good.
"""

import base64
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.concealing import CannotDecrypt
from marketplace.kernel.personal import (
    COUNTED,
    MATTER,
    ROW,
    RULED,
    AtErasure,
    Datum,
    Kept,
    Part,
    Purpose,
    Row,
    Table,
    Whose,
    in_code,
)
from tasks.challenges.lifecycle import EDITABLE
from tasks.events import ContactForgotten
from tasks.proposals import keeping
from tasks.proposals.keeping import KeptText
from tasks.proposals.lifecycle import ProposalState

POSTING, PROPOSALS, JUDGING = _("Challenges"), _("Proposals"), _("Judging")
IDS = "public ids of a pool, fixed so that the draw can be recomputed; they stay without a name"
UNSPONSORED = {"sponsor": None, "state__in": sorted(EDITABLE)}
"""Drafts that are nobody's but their author's."""
LOST = sorted(set(ProposalState) - {ProposalState.WINNING})


def _stays(what: Any, *columns: str, why: Purpose = Purpose.RECORD) -> Datum:
    return Datum(what=what, columns=columns, why=why, kept=Kept.RECORD, erased=AtErasure.KEPT)


def _goes(what: Any, *columns: str, why: Purpose, kept: Kept = Kept.ACCOUNT, shown: Any = None) -> Datum:
    return Datum(what=what, columns=columns, why=why, kept=kept, erased=AtErasure.EMPTIED, shown=shown)


def _part(about: Any, path: str, *data: Datum, **more: Any) -> Part:
    return Part(about=about, whose=Whose(path), data=data, **more)


def _file(row: Row) -> str:
    """A file that has not been read through yet, as base64."""
    return base64.b64encode(bytes(row.content)).decode("ascii")


def _said(row: Row) -> Any:
    """The text as its author reads it: what is sealed, nobody does."""
    try:
        return {name: value for name, value in vars(row.content).items() if value}
    except CannotDecrypt:  # the copy of everything else is not refused for it
        return None


def _without_team(row: Row) -> dict[str, Any]:
    """An opened proposal without what it says of people."""
    rest = KeptText(replace(row.content, team=""))
    return {"kept": keeping.as_opened(rest.as_bytes())}


def _of_drafts(what: Any, *columns: str) -> Part:
    datum = Datum(what=what, columns=columns, why=Purpose.POSTING, kept=Kept.ACCOUNT, erased=AtErasure.DELETED)
    where = {f"challenge__{name}": value for name, value in UNSPONSORED.items()}
    return _part(POSTING, "challenge__author", datum, where=where)


CHALLENGE = Table(
    "tasks.Challenge",
    _part(
        POSTING,
        "author",
        _goes(
            _("the contact named in challenges you wrote"),
            *("contact_office", "contact_person", "contact_telephone", "contact_address"),
            why=Purpose.POSTING,
        ),
        states=ContactForgotten.of,
    ),
    _part(
        POSTING,
        "author",
        _goes(
            _("drafts of your own that no organisation posts"),
            *(
                "title",
                "title_en",
                "description",
                "description_en",
                "keywords",
                "eligibility_reason",
                "return_reason",
                "reward_terms",
                "abroad_reason",
            ),
            why=Purpose.POSTING,
        ),
        where=UNSPONSORED,
        states=ContactForgotten.of,
    ),
    _part(POSTING, "author", _stays(_("which challenges you wrote"), "public_id", "state", "created_at")),
    _part(JUDGING, "adjudicator", _stays(_("cases that you decided"), "public_id", "state")),
    _part(JUDGING, "supervisor", _stays(_("cases that you supervised"), "public_id", "state")),
    plain={
        ROW: "id sponsor batch parent region",
        COUNTED: "version moved_at",
        RULED: "is_sample",
        MATTER: "reserved_for_sme consent_at_submission kind problem_kind mode language bounty_amount deadline "
        "ip_terms threshold failure_reason opened_at proposals_opened_at held_since audience abroad reward_kinds "
        "prize_rule start_level target_level name_shown no_secrets",
    },
)

WON = {"state": ProposalState.WINNING}

PROPOSAL = Table(
    "tasks.Proposal",
    _part(
        PROPOSALS,
        "author",
        _goes(_("text, price and team of proposals that did not win; you read it while it is not sealed"), "kept",
              why=Purpose.PROPOSING, kept=Kept.RECORD, shown=_said),
        where={"state__in": LOST},
    ),
    _part(
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
    _part(
        PROPOSALS,
        "author",
        _stays(
            _("which proposals you handed in, when, and what became of them"),
            *("public_id", "challenge", "organisation", "state", "code", "rejection"),
            *("submitted_at", "saved_at", "created_at"),
        ),
    ),
    plain={ROW: "id", COUNTED: "version moved_at"},
)  # fmt: skip

HANDED_IN = (
    Table(
        "tasks.SealedEnvelope",
        _part(
            PROPOSALS,
            "proposal__author",
            _goes(_("what opens what you handed in; without it nobody reads the sealed bytes that stay"), "box",
                  "owner_box", why=Purpose.PROPOSING, kept=Kept.RECORD, shown=in_code),
            _stays(_("what you handed in, sealed, and the values by which it is recognised"), "sealed_at", "digest",
                   "commitment"),
        ),
        plain={ROW: "id number", "encrypted under a key that goes": "sealed"},
    ),
    Table(
        "tasks.IntakeTicket",
        _part(
            PROPOSALS,
            "proposal__author",
            _stays(_("when you handed something in, and whether it was in time"), "public_id", "taken_at", "state"),
        ),
        plain={ROW: "id", COUNTED: "version moved_at of_version"},
    ),
    Table(
        "tasks.SubmissionReceipt",
        _part(
            PROPOSALS,
            "envelope__proposal__author",
            _stays(_("your receipts"), "decided_at", "sequence", "fact_digest", "signature"),
        ),
        plain={ROW: "id ticket", RULED: "key"},
    ),
)  # fmt: skip

SHEETS = (
    Table(
        "tasks.Sheet",
        _part(
            POSTING,
            "uploader",
            _goes(_("name of a list you uploaded, and heads it bears"), "name", "ignored", "fault_values",
                  why=Purpose.POSTING),
            _goes(_("the file itself, until it is read"), "content", why=Purpose.POSTING, kept=Kept.WEEK, shown=_file),
            _stays(_("that you uploaded a list, when, and what became of it"), "public_id", "organisation", "state",
                   "uploaded_at"),
        ),
        plain={
            ROW: "id batch repeats",
            COUNTED: "version moved_at size digest attempts",
            MATTER: "batch_title batch_title_en batch_study language fault",
        },
    ),
    Table(
        "tasks.SheetRow",
        _part(
            POSTING,
            "sheet__uploader",
            _goes(_("what stands in the rows of a list you uploaded"), "cells", "others", "faults",
                  why=Purpose.POSTING),
        ),
        plain={ROW: "id challenge", COUNTED: "version moved_at number", RULED: "state lacks"},
    ),
)  # fmt: skip

PANEL = (
    Table(
        "tasks.Assignment",
        _part(
            JUDGING,
            "reviewer",
            _goes(_("what you declared when you were invited to judge"), "declaration", why=Purpose.BELONGING,
                  kept=Kept.RECORD),
            _stays(_("seats on panels: what became of them, and when"), "public_id", "state", "answered_at",
                   "created_at"),
        ),
        plain={ROW: "id panel", COUNTED: "version moved_at"},
    ),
    Table(
        "tasks.Recusal",
        _part(
            JUDGING,
            "assignment__reviewer",
            _goes(_("the conflict that you declared when you gave up a seat"), "reason", why=Purpose.BELONGING,
                  kept=Kept.RECORD),
            _stays(_("when you gave it up"), "declared_at"),
        ),
        plain={ROW: "id"},
    ),
    Table(
        "tasks.Review",
        _part(
            JUDGING,
            "assignment__reviewer",
            _stays(_("your review of a proposal, as part of how the decision came about"), "comment", "state",
                   "moved_at"),
        ),
        plain={ROW: "id proposal", COUNTED: "version"},
    ),
    Table(
        "tasks.CriterionScore",
        _part(JUDGING, "review__assignment__reviewer", _stays(_("points you gave"), "points")),
        plain={ROW: "id criterion"},
    ),
    Table("tasks.ReviewPanel", plain={
        ROW: "id challenge", IDS: "pool order", RULED: "size pool_digest widened seed drawn_at"}),
    Table("tasks.FurtherDraw", plain={
        ROW: "id panel number", IDS: "pool order", RULED: "size pool_digest widened seed drawn_at"}),
)  # fmt: skip

DECIDING = (
    Table(
        "tasks.OpeningConfirmation",
        _part(JUDGING, "user", _stays(_("openings of proposals that you confirmed"), "side", "confirmed_at")),
        plain={ROW: "id challenge"},
    ),
    Table(
        "tasks.Adjudication",
        _part(JUDGING, "adjudicator", _stays(_("your decisions with their reasons"), "reasons", "deviation_reason",
                                             "decided_at")),
        plain={ROW: "id challenge"},
    ),
    Table("tasks.RankedProposal", plain={ROW: "id adjudication proposal", MATTER: "rank points"}),
    Table(
        "tasks.ChallengeAward",
        _part(PROPOSALS, "proposal__author", _stays(_("awards: place and amount"), "place", "amount", "proposed_at",
                                                    "final_at")),
        plain={ROW: "id challenge"},
    ),
    Table(
        "tasks.PublicNotice",
        _part(
            POSTING,
            "challenge__author",
            _goes(_("the contact named in public notices of challenges you wrote"), "person", "telephone",
                  why=Purpose.POSTING, kept=Kept.RECORD),
        ),
        plain={ROW: "id public_id", MATTER: "starts_at ends_at working_days provisional office address"},
    ),
)  # fmt: skip

AMENDING = (
    Table(
        "tasks.Amendment",
        _part(POSTING, "author", _stays(_("amendments that you wrote for your organisation"), "state", "released_at")),
        plain={
            ROW: "id public_id challenge number",
            COUNTED: "version moved_at",
            MATTER: "deadline_before deadline bounty_before bounty clarification clarification_en published_at",
        },
    ),
)

ASKING = (
    Table(
        "tasks.Question",
        _part(
            POSTING,
            "asker",
            _stays(
                _("questions that you asked about challenges; nobody else can see that they are yours"),
                *("text", "language", "asked_at", "state"),
            ),
        ),
        _part(
            POSTING,
            "answerer",
            _stays(_("answers that you gave for your organisation"), "answer", "answer_en", "ground", "answered_at"),
        ),
        plain={ROW: "id public_id challenge number", COUNTED: "version moved_at", MATTER: "clarifies"},
    ),
)

FOLLOWING = (
    Table(
        "tasks.Follow",
        _part(
            POSTING,
            "person",
            Datum(
                what=_("challenges that you follow; nobody else can see it"),
                columns=("challenge", "since"),
                why=Purpose.TELLING,
                kept=Kept.ACCOUNT,
                erased=AtErasure.DELETED,
            ),
        ),
        plain={ROW: "id"},
    ),
)

CANCELLING = (
    Table(
        "tasks.CancellationRequest",
        _part(POSTING, "asker", _stays(_("cancellations that you asked for"), "ground", "reasons", "asked_at")),
        _part(JUDGING, "decider", _stays(_("your decisions on cancellations"), "decision", "decided_at", "state")),
        plain={ROW: "id public_id challenge", COUNTED: "version moved_at"},
    ),
)

HOLDING = (
    Table(
        "tasks.Hold",
        _part(JUDGING, "set_by", _stays(_("calls that you suspended, and why"), "reason", "since")),
        _part(JUDGING, "lifted_by", _stays(_("suspensions that you lifted, and why"), "end_reason", "until")),
        plain={ROW: "id public_id challenge", RULED: "kind"},
    ),
)

TABLES = (
    CHALLENGE,
    *HOLDING,
    *CANCELLING,
    *FOLLOWING,
    *AMENDING,
    *ASKING,
    Table(
        "tasks.ChallengeRelease",
        _part(
            POSTING, "person", _stays(_("postings that you released as the first of two"), "of_version", "released_at")
        ),
        plain={ROW: "id challenge"},
    ),
    Table("tasks.Challenge_fields", plain={ROW: "id challenge technologyfield"}),
    Table("tasks.Indicator", _of_drafts(_("indicators of such drafts"), "name", "op", "value", "unit"), plain={
        ROW: "id", COUNTED: "order"}),
    Table(
        "tasks.NonDisclosure",
        _part(POSTING, "person", _stays(_("promises not to disclose what a challenge shows under them"), "challenge",
                                        "edition", "accepted_at")),
        plain={ROW: "id"},
    ),
    Table(
        "tasks.Diagnosis",
        _part(POSTING, "expert", _stays(_("drafts you were asked to comment on, and what you wrote"), "comment",
                                        "asked_at", "answered_at")),
        _part(POSTING, "asked_by", _stays(_("experts you asked to comment on a draft"), "public_id", "asked_at")),
        plain={ROW: "id challenge"},
    ),
    Table("tasks.Challenge_chain", plain={ROW: "id challenge organisation"}),
    Table("tasks.Criterion", _of_drafts(_("criteria of such drafts"), "name", "weight", "kind", "op", "limit", "unit",
                                        "guideline", "test_method"), plain={ROW: "id", COUNTED: "order"}),
    Table("tasks.PrizePlace", _of_drafts(_("prizes of such drafts"), "amount"), plain={ROW: "id", COUNTED: "order"}),
    Table("tasks.PlannedMilestone", _of_drafts(_("milestones of such drafts"), "name", "weeks", "share"), plain={
        ROW: "id", COUNTED: "order"}),
    Table("tasks.ChallengeBatch", plain={
        ROW: "id public_id organisation", MATTER: "title title_en study kind opens_on resources announced "
        "created_at", RULED: "is_sample"}),
    *SHEETS,
    PROPOSAL,
    *HANDED_IN,
    *PANEL,
    *DECIDING,
)  # fmt: skip
