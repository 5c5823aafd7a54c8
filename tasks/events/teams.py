"""Facts of teams, each in a stream of its own that nobody reads before the opening; and of calls for partners."""

from typing import TYPE_CHECKING, ClassVar, Self

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from tasks.teams.models import PartnerCall, PartnerReply, Team, TeamMember


class TeamEvent(Event):
    """Something happened to a team. Nothing of it is in the challenge's stream, nor in anybody's own."""

    @classmethod
    def of(cls, team: "Team", **data: Scalar) -> Self:
        stream = f"team:{team.public_id}"
        return cls(stream=stream, subject=team.public_id, version=team.version, data=data)


class SeatEvent(TeamEvent):
    """Of one seat, which is its subject; it never names an address."""

    @classmethod
    def at(cls, team: "Team", seat: "TeamMember", **data: Scalar) -> Self:
        stream = f"team:{team.public_id}"
        return cls(stream=stream, subject=seat.public_id, version=team.version, data=data)


class TeamBegun(TeamEvent):
    kind: ClassVar[str] = "team.begun"


class TeamInvited(SeatEvent):
    """`data.whole` says that they come with the team they lead."""

    kind: ClassVar[str] = "team.invited"


class TeamJoined(SeatEvent):
    kind: ClassVar[str] = "team.joined"


class TeamDeclined(SeatEvent):
    kind: ClassVar[str] = "team.declined"


class TeamLeft(SeatEvent):
    kind: ClassVar[str] = "team.left"


class TeamRemoved(SeatEvent):
    kind: ClassVar[str] = "team.removed"


class TeamChanged(TeamEvent):
    """Shares or units are others, so whoever had agreed agrees anew. `data.digest` is of the composition."""

    kind: ClassVar[str] = "team.changed"


class TeamAgreed(SeatEvent):
    """Its person agreed to the composition of which `data.digest` is the digest."""

    kind: ClassVar[str] = "team.agreed"


class TeamHandedIn(TeamEvent):
    """Sealed with a proposal, or left as it was sealed; `data.digest` is of the composition that was sealed."""

    kind: ClassVar[str] = "team.handed_in"


class TeamReopened(TeamEvent):
    """Its proposal is being replaced or was withdrawn: the composition may change again."""

    kind: ClassVar[str] = "team.reopened"


class TeamDissolved(TeamEvent):
    """`data.into` is the team it went over to, "" where everybody goes on alone."""

    kind: ClassVar[str] = "team.dissolved"


TEAM_EVENTS: tuple[type[TeamEvent], ...] = (
    TeamBegun,
    TeamInvited,
    TeamJoined,
    TeamDeclined,
    TeamLeft,
    TeamRemoved,
    TeamChanged,
    TeamAgreed,
    TeamHandedIn,
    TeamReopened,
    TeamDissolved,
)


class PartnerEvent(Event):
    """Something happened to a notice on the board of partners: a stream of its own."""

    @classmethod
    def of(cls, call: "PartnerCall", *, reason: str = "") -> Self:
        stream = f"partners:{call.public_id}"
        return cls(stream=stream, subject=call.public_id, version=call.version, reason=reason)


class PartnerCallPosted(PartnerEvent):
    kind: ClassVar[str] = "partners.posted"


class PartnerCallWithdrawn(PartnerEvent):
    kind: ClassVar[str] = "partners.withdrawn"


class PartnerCallTakenDown(PartnerEvent):
    """By the sponsor or an administrator of the region, with the reason."""

    kind: ClassVar[str] = "partners.taken_down"


class PartnerAnswered(PartnerEvent):
    """Somebody wrote to its author; the subject is what they wrote."""

    kind: ClassVar[str] = "partners.answered"

    @classmethod
    def by(cls, reply: "PartnerReply") -> Self:
        stream = f"partners:{reply.call.public_id}"
        return cls(stream=stream, subject=reply.public_id, version=reply.call.version)


PARTNER_EVENTS: tuple[type[PartnerEvent], ...] = (
    PartnerCallPosted,
    PartnerCallWithdrawn,
    PartnerCallTakenDown,
    PartnerAnswered,
)
