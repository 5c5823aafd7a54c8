"""Facts of the back office. Each names people by public ids, and roles and regions by their codes."""

from typing import TYPE_CHECKING, ClassVar

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from marketplace.accounts.models import User
    from marketplace.administration.models import GrantRequest


class GrantEvent(Event):
    """Of one request, in a stream of its own."""

    @classmethod
    def of(cls, row: "GrantRequest", reason: str = "") -> "GrantEvent":
        data: dict[str, Scalar] = {
            "act": row.act,
            "person": row.user.public_id,
            "role": row.role,
            "scope": row.scope,
            "scope_id": row.scope_id,
        }
        stream = f"grant:{row.public_id}"
        return cls(stream=stream, subject=row.public_id, version=row.version, reason=reason, data=data)


class GrantProposed(GrantEvent):
    kind: ClassVar[str] = "grant.proposed"


class GrantConfirmed(GrantEvent):
    """The second person agrees; `role.granted` or `role.revoked` follows in the person's own stream."""

    kind: ClassVar[str] = "grant.confirmed"


class GrantRefused(GrantEvent):
    kind: ClassVar[str] = "grant.refused"


class GrantWithdrawn(GrantEvent):
    """By whoever had proposed it."""

    kind: ClassVar[str] = "grant.withdrawn"


class GrantLapsed(GrantEvent):
    """Nobody decided in time."""

    kind: ClassVar[str] = "grant.lapsed"


class TrailExported(Event):
    """Somebody took a part of the audit trail away: how many facts, and the filter they were chosen by."""

    kind: ClassVar[str] = "trail.exported"

    @classmethod
    def of(cls, user: "User", *, count: int, form: str, **asked: Scalar) -> "TrailExported":
        data: dict[str, Scalar] = {"count": count, "format": form, **asked}
        return cls(stream=f"trail:{user.public_id}", subject=user.public_id, version=1, data=data)
