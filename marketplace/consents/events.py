"""Facts about employers' consents. They name no employer."""

from typing import TYPE_CHECKING, ClassVar

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from marketplace.consents.models import EmployerConsent


class ConsentEvent(Event):
    @classmethod
    def of(cls, row: "EmployerConsent") -> "ConsentEvent":
        return cls(stream=f"user:{row.person.public_id}", subject=row.public_id, version=row.version)


class ConsentAskedFor(ConsentEvent):
    kind: ClassVar[str] = "consent.asked_for"


class ConsentGiven(ConsentEvent):
    """With its conditions, and whether a letter was read for it."""

    kind: ClassVar[str] = "consent.given"

    @classmethod
    def on(cls, row: "EmployerConsent", conditions: frozenset[str]) -> "ConsentGiven":
        told = cls.of(row)
        data: dict[str, Scalar] = {"conditions": " ".join(sorted(conditions)), "letter": row.by_letter}
        return cls(stream=told.stream, subject=told.subject, version=told.version, data=data)


class ConsentRefused(ConsentEvent):
    kind: ClassVar[str] = "consent.refused"


class ConsentRevoked(ConsentEvent):
    """An employer took its consent back; what was signed before stays signed."""

    kind: ClassVar[str] = "consent.revoked"


class ConsentWithdrawn(ConsentEvent):
    """Whoever asked needs no answer any more."""

    kind: ClassVar[str] = "consent.withdrawn"


class ConsentEndsSoon(ConsentEvent):
    """Its last day is within the month."""

    kind: ClassVar[str] = "consent.ends_soon"
