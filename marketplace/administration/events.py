"""Facts of the back office. Each names people by public ids, and roles and regions by their codes."""

from typing import TYPE_CHECKING, ClassVar

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from marketplace.accounts.models import User
    from marketplace.administration.models import FactorReset, GrantRequest


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


class FactorResetEvent(Event):
    """Of one request to forget a lost second factor, in its person's stream. What they wrote stands in the row."""

    @classmethod
    def of(cls, row: "FactorReset", reason: str = "") -> "FactorResetEvent":
        data: dict[str, Scalar] = {"reset": row.public_id}
        person = row.user.public_id
        return cls(stream=f"user:{person}", subject=person, version=row.version, reason=reason, data=data)


class FactorResetAsked(FactorResetEvent):
    kind: ClassVar[str] = "person.factor_reset_asked"


class FactorResetVouched(FactorResetEvent):
    """A first administrator has found out that it is really them; the reason says how."""

    kind: ClassVar[str] = "person.factor_reset_vouched"


class FactorResetConfirmed(FactorResetEvent):
    """The second one agrees; `person.second_factor_reset` follows."""

    kind: ClassVar[str] = "person.factor_reset_confirmed"


class FactorResetRefused(FactorResetEvent):
    kind: ClassVar[str] = "person.factor_reset_refused"


class FactorResetDisowned(FactorResetEvent):
    """The account's owner says that it was somebody else, who therefore knows the password: it is void now."""

    kind: ClassVar[str] = "person.factor_reset_disowned"


class FactorResetWithdrawn(FactorResetEvent):
    """They have found it again."""

    kind: ClassVar[str] = "person.factor_reset_withdrawn"


class FactorResetLapsed(FactorResetEvent):
    """Nobody decided in time."""

    kind: ClassVar[str] = "person.factor_reset_lapsed"
