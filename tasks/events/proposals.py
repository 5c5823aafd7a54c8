"""Facts of proposals, each in a stream of its own."""

from typing import TYPE_CHECKING, ClassVar, Self

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from tasks.proposals.models import Proposal


class ProposalEvent(Event):
    """Something happened to a proposal. Its stream is its own: before opening nothing enters the challenge's stream."""

    @classmethod
    def of(cls, proposal: "Proposal", *, reason: str = "", **data: Scalar) -> Self:
        stream, version = f"proposal:{proposal.public_id}", proposal.version
        return cls(stream=stream, subject=proposal.public_id, version=version, reason=reason, data=data)


class ProposalStarted(ProposalEvent):
    kind: ClassVar[str] = "proposal.started"


class ProposalSubmitted(ProposalEvent):
    """Sealed in time. `data` names the envelope's number, its digest, the commitment to its content and the ticket."""

    kind: ClassVar[str] = "proposal.submitted"


class ProposalReplaced(ProposalEvent):
    """Another version was sealed in time and counts from now on; `data` as of the first."""

    kind: ClassVar[str] = "proposal.replaced"


class ProposalReplacing(ProposalEvent):
    """Its owner writes another version; what was submitted counts until that is submitted too."""

    kind: ClassVar[str] = "proposal.replacing"


class ProposalDiscarded(ProposalEvent):
    """Its owner threw away what was being written; what was submitted counts on."""

    kind: ClassVar[str] = "proposal.discarded"


class ProposalReread(ProposalEvent):
    """Its owner read it again with the reading code."""

    kind: ClassVar[str] = "proposal.reread"


class ProposalSetAside(ProposalEvent):
    """Its author goes on in a team: the draft is handed in no more."""

    kind: ClassVar[str] = "proposal.set_aside"


class ProposalWithdrawn(ProposalEvent):
    kind: ClassVar[str] = "proposal.withdrawn"


class ProposalOpened(ProposalEvent):
    """Opened, and found to be what its receipt says; `data.digest` is that of the envelope."""

    kind: ClassVar[str] = "proposal.opened"


class ProposalUnopenable(ProposalEvent):
    """What was kept is not what was sealed, or cannot be opened: it takes no part, and this is on record (I10)."""

    kind: ClassVar[str] = "proposal.unopenable"


class ProposalAdmitted(ProposalEvent):
    kind: ClassVar[str] = "proposal.admitted"


class ProposalRejected(ProposalEvent):
    """Found inadmissible in the formal check, with the reason."""

    kind: ClassVar[str] = "proposal.rejected"


class ProposalSettled(ProposalEvent):
    """Winning, reserve or not selected; `data.outcome` says which."""

    kind: ClassVar[str] = "proposal.settled"


class ProposalWasRead(ProposalEvent):
    """Somebody read the whole text after the opening; `data.role` says as what, and who it was is not told (I15)."""

    kind: ClassVar[str] = "proposal.read"


PROPOSAL_EVENTS: tuple[type[ProposalEvent], ...] = (
    ProposalStarted,
    ProposalSubmitted,
    ProposalReplaced,
    ProposalReplacing,
    ProposalDiscarded,
    ProposalReread,
    ProposalSetAside,
    ProposalWithdrawn,
    ProposalOpened,
    ProposalUnopenable,
    ProposalAdmitted,
    ProposalRejected,
    ProposalSettled,
    ProposalWasRead,
)
