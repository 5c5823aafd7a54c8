"""What challenges, lists, proposals and their judging keep of people (`kernel.personal`).

What says something of a person goes with them; what says something of a matter that was decided stays, without a name:
how a decision came about can be checked for good.
"""

import base64
from typing import Any

from django.utils.translation import gettext_lazy as _

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
)
from tasks.challenges.lifecycle import EDITABLE
from tasks.declaring import goes, part, stays
from tasks.events import ContactForgotten
from tasks.proposals.personal import HANDED_IN, PROPOSAL, PROPOSALS
from tasks.teams.personal import TEAMING

POSTING, JUDGING = _("Challenges"), _("Judging")
IDS = "public ids of a pool, fixed so that the draw can be recomputed; they stay without a name"
UNSPONSORED = {"sponsor": None, "state__in": sorted(EDITABLE)}
"""Drafts that are nobody's but their author's."""


def _file(row: Row) -> str:
    """A file that has not been read through yet, as base64."""
    return base64.b64encode(bytes(row.content)).decode("ascii")


def _of_drafts(what: Any, *columns: str) -> Part:
    datum = Datum(what=what, columns=columns, why=Purpose.POSTING, kept=Kept.ACCOUNT, erased=AtErasure.DELETED)
    where = {f"challenge__{name}": value for name, value in UNSPONSORED.items()}
    return part(POSTING, "challenge__author", datum, where=where)


CHALLENGE = Table(
    "tasks.Challenge",
    part(
        POSTING,
        "author",
        goes(
            _("the contact named in challenges you wrote"),
            *("contact_office", "contact_person", "contact_telephone", "contact_address"),
            why=Purpose.POSTING,
        ),
        states=ContactForgotten.of,
    ),
    part(
        POSTING,
        "author",
        goes(
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
    part(POSTING, "author", stays(_("which challenges you wrote"), "public_id", "state", "created_at")),
    part(JUDGING, "adjudicator", stays(_("cases that you decided"), "public_id", "state")),
    part(JUDGING, "supervisor", stays(_("cases that you supervised"), "public_id", "state")),
    plain={
        ROW: "id sponsor batch parent region",
        COUNTED: "version moved_at",
        RULED: "is_sample",
        MATTER: "reserved_for_sme consent_at_submission kind problem_kind mode language bounty_amount deadline "
        "ip_terms threshold failure_reason opened_at proposals_opened_at held_since audience abroad reward_kinds "
        "prize_rule start_level target_level name_shown no_secrets",
    },
)

SHEETS = (
    Table(
        "tasks.Sheet",
        part(
            POSTING,
            "uploader",
            goes(_("name of a list you uploaded, and heads it bears"), "name", "ignored", "fault_values",
                  why=Purpose.POSTING),
            goes(_("the file itself, until it is read"), "content", why=Purpose.POSTING, kept=Kept.WEEK, shown=_file),
            stays(_("that you uploaded a list, when, and what became of it"), "public_id", "organisation", "state",
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
        part(
            POSTING,
            "sheet__uploader",
            goes(_("what stands in the rows of a list you uploaded"), "cells", "others", "faults",
                  why=Purpose.POSTING),
        ),
        plain={ROW: "id challenge", COUNTED: "version moved_at number", RULED: "state lacks"},
    ),
)  # fmt: skip

PANEL = (
    Table(
        "tasks.Assignment",
        part(
            JUDGING,
            "reviewer",
            goes(_("what you declared when you were invited to judge"), "declaration", why=Purpose.BELONGING,
                  kept=Kept.RECORD),
            stays(_("seats on panels: what became of them, and when"), "public_id", "state", "answered_at",
                   "created_at"),
        ),
        plain={ROW: "id panel", COUNTED: "version moved_at"},
    ),
    Table(
        "tasks.Recusal",
        part(
            JUDGING,
            "assignment__reviewer",
            goes(_("the conflict that you declared when you gave up a seat"), "reason", why=Purpose.BELONGING,
                  kept=Kept.RECORD),
            stays(_("when you gave it up"), "declared_at"),
        ),
        plain={ROW: "id"},
    ),
    Table(
        "tasks.Review",
        part(
            JUDGING,
            "assignment__reviewer",
            stays(_("your review of a proposal, as part of how the decision came about"), "comment", "state",
                   "moved_at"),
        ),
        plain={ROW: "id proposal", COUNTED: "version"},
    ),
    Table(
        "tasks.CriterionScore",
        part(JUDGING, "review__assignment__reviewer", stays(_("points you gave"), "points")),
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
        part(JUDGING, "user", stays(_("openings of proposals that you confirmed"), "side", "confirmed_at")),
        plain={ROW: "id challenge"},
    ),
    Table(
        "tasks.Adjudication",
        part(JUDGING, "adjudicator", stays(_("your decisions with their reasons"), "reasons", "deviation_reason",
                                             "decided_at")),
        plain={ROW: "id challenge"},
    ),
    Table("tasks.RankedProposal", plain={ROW: "id adjudication proposal", MATTER: "rank points"}),
    Table(
        "tasks.ChallengeAward",
        part(PROPOSALS, "proposal__author", stays(_("awards: place and amount"), "place", "amount", "proposed_at",
                                                    "final_at")),
        plain={ROW: "id challenge"},
    ),
    Table(
        "tasks.PublicNotice",
        part(
            POSTING,
            "challenge__author",
            goes(_("the contact named in public notices of challenges you wrote"), "person", "telephone",
                  why=Purpose.POSTING, kept=Kept.RECORD),
        ),
        plain={ROW: "id public_id", MATTER: "starts_at ends_at working_days provisional office address"},
    ),
)  # fmt: skip

AMENDING = (
    Table(
        "tasks.Amendment",
        part(POSTING, "author", stays(_("amendments that you wrote for your organisation"), "state", "released_at")),
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
        part(
            POSTING,
            "asker",
            stays(
                _("questions that you asked about challenges; nobody else can see that they are yours"),
                *("text", "language", "asked_at", "state"),
            ),
        ),
        part(
            POSTING,
            "answerer",
            stays(_("answers that you gave for your organisation"), "answer", "answer_en", "ground", "answered_at"),
        ),
        plain={ROW: "id public_id challenge number", COUNTED: "version moved_at", MATTER: "clarifies"},
    ),
)

FOLLOWING = (
    Table(
        "tasks.Follow",
        part(
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
        part(POSTING, "asker", stays(_("cancellations that you asked for"), "ground", "reasons", "asked_at")),
        part(JUDGING, "decider", stays(_("your decisions on cancellations"), "decision", "decided_at", "state")),
        plain={ROW: "id public_id challenge", COUNTED: "version moved_at"},
    ),
)

HOLDING = (
    Table(
        "tasks.Hold",
        part(JUDGING, "set_by", stays(_("calls that you suspended, and why"), "reason", "since")),
        part(JUDGING, "lifted_by", stays(_("suspensions that you lifted, and why"), "end_reason", "until")),
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
        part(
            POSTING, "person", stays(_("postings that you released as the first of two"), "of_version", "released_at")
        ),
        plain={ROW: "id challenge"},
    ),
    Table("tasks.Challenge_fields", plain={ROW: "id challenge technologyfield"}),
    Table("tasks.Indicator", _of_drafts(_("indicators of such drafts"), "name", "op", "value", "unit"), plain={
        ROW: "id", COUNTED: "order"}),
    Table(
        "tasks.NonDisclosure",
        part(POSTING, "person", stays(_("promises not to disclose what a challenge shows under them"), "challenge",
                                        "edition", "accepted_at")),
        plain={ROW: "id"},
    ),
    Table(
        "tasks.Diagnosis",
        part(POSTING, "expert", stays(_("drafts you were asked to comment on, and what you wrote"), "comment",
                                        "asked_at", "read_at", "answered_at")),
        part(POSTING, "asked_by", stays(_("experts you asked to comment on a draft"), "public_id", "asked_at")),
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
    *TEAMING,
    *PANEL,
    *DECIDING,
)  # fmt: skip
