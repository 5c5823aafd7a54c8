"""Facts about real names. They name neither a name nor a number."""

from typing import TYPE_CHECKING, ClassVar

from marketplace.outbox.events import Event

if TYPE_CHECKING:
    from marketplace.identity.models import RealNameVerification


class RealNameEvent(Event):
    @classmethod
    def of(cls, row: "RealNameVerification") -> "RealNameEvent":
        return cls(stream=f"user:{row.user.public_id}", subject=row.public_id, version=row.version)


class RealNameAppliedFor(RealNameEvent):
    """Somebody said who they are, or said it again after a correction."""

    kind: ClassVar[str] = "real_name.applied_for"


class RealNameVerified(RealNameEvent):
    """An officer has compared the document."""

    kind: ClassVar[str] = "real_name.verified"


class RealNameReturned(RealNameEvent):
    kind: ClassVar[str] = "real_name.returned"


class RealNameRevoked(RealNameEvent):
    kind: ClassVar[str] = "real_name.revoked"


class RealNameDocumentTaken(RealNameEvent):
    """An officer read the right number, and another account is verified with it."""

    kind: ClassVar[str] = "real_name.document_taken"


class RealNameNumberDiffered(RealNameEvent):
    """An officer read another number from the document than was typed."""

    kind: ClassVar[str] = "real_name.number_differed"
