"""Facts about opening officers' keys. They name neither a key nor a phrase."""

from typing import TYPE_CHECKING, ClassVar

from marketplace.outbox.events import Event

if TYPE_CHECKING:
    from marketplace.sealing.models import OfficerKey


class OfficerKeyEvent(Event):
    @classmethod
    def of(cls, row: "OfficerKey") -> "OfficerKeyEvent":
        return cls(stream=f"user:{row.officer.public_id}", subject=row.public_id, version=row.version)


class OfficerKeyEnrolled(OfficerKeyEvent):
    """A key was made for an officer; nothing is entrusted to it before its phrase was typed once."""

    kind: ClassVar[str] = "officer_key.enrolled"


class OfficerKeyProven(OfficerKeyEvent):
    """The officer typed the phrase, and it was right."""

    kind: ClassVar[str] = "officer_key.proven"


class OfficerKeyReplaced(OfficerKeyEvent):
    """The officer has another key from now on; this one still opens what was sealed before."""

    kind: ClassVar[str] = "officer_key.replaced"


class OfficerProofDue(OfficerKeyEvent):
    """The officer is to type the phrase again within days, or nothing more is entrusted to the key."""

    kind: ClassVar[str] = "officer_key.proof_due"
