"""What teams and the partner board keep of people (`kernel.personal`)."""

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.personal import COUNTED, ROW, AtErasure, Datum, Kept, Key, Part, Purpose, Table, Whose
from tasks.declaring import goes, part, stays

TEAMS = _("Teams")

SEATS = Table(
    "tasks.TeamMember",
    part(
        TEAMS,
        "person",
        stays(
            _("teams you are or were in, for whom, with which shares, and to what you agreed"),
            *("public_id", "challenge", "organisation", "state", "moved_at", "work_share", "reward_share"),
            *("agreed_to", "agreed_at", "sealed", "whole_team", "created_at"),
        ),
    ),
    Part(
        about=TEAMS,
        whose=Whose("email", by=Key.MAIL),
        data=(goes(_("invitations to teams that were written to your address"), "email", why=Purpose.PROPOSING),),
    ),
    part(TEAMS, "invited_by", stays(_("invitations to teams that you wrote; not to whom"), "public_id", "created_at")),
    plain={ROW: "id team", COUNTED: "version"},
)

TEAMING = (
    Table(
        "tasks.Team",
        part(TEAMS, "lead", stays(_("teams you led, and what became of them"), "public_id", "challenge", "state",
                                   "moved_at", "created_at")),
        plain={ROW: "id", COUNTED: "version"},
    ),
    SEATS,
    Table(
        "tasks.Partner",
        part(TEAMS, "person", stays(_("proposals in which you were sealed as a member of a team"), "organisation",
                                     "work_share", "reward_share")),
        plain={ROW: "id team seat", COUNTED: "place"},
    ),
    Table(
        "tasks.PartnerCall",
        part(
            TEAMS,
            "author",
            goes(_("what you wrote on the boards of partners"), "offers", "seeks", "reason", why=Purpose.PROPOSING),
            stays(_("on which boards, and when"), "public_id", "challenge", "organisation", "state", "moved_at",
                   "created_at"),
        ),
        plain={ROW: "id", COUNTED: "version"},
    ),
    Table(
        "tasks.PartnerReply",
        part(
            TEAMS,
            "author",
            Datum(
                what=_("what you wrote to authors of such notices"),
                columns=("public_id", "text", "created_at"),
                why=Purpose.PROPOSING,
                kept=Kept.ACCOUNT,
                erased=AtErasure.DELETED,
            ),
        ),
        plain={ROW: "id call"},
    ),
)  # fmt: skip
