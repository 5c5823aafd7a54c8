"""Facts about people and organisations."""

from typing import TYPE_CHECKING, ClassVar

from marketplace.outbox.events import Event

if TYPE_CHECKING:
    from marketplace.accounts.models import Expert, Organisation, RoleGrant, User


class PersonSignedUp(Event):
    kind: ClassVar[str] = "person.signed_up"

    @classmethod
    def of(cls, user: "User") -> "PersonSignedUp":
        return cls(stream=f"user:{user.public_id}", subject=user.public_id, version=1)


class PersonChanged(Event):
    """Somebody changed the name they show or the language of their letters."""

    kind: ClassVar[str] = "person.changed"

    @classmethod
    def of(cls, user: "User") -> "PersonChanged":
        return cls(stream=f"user:{user.public_id}", subject=user.public_id, version=1)


class PersonSignedOutEverywhere(PersonChanged):
    """Somebody ended all their sessions but the one they said it in."""

    kind: ClassVar[str] = "person.signed_out_everywhere"


class PersonNotified(Event):
    """A person was told of a fact, in the product; the mail follows from this."""

    kind: ClassVar[str] = "person.notified"

    @classmethod
    def of(cls, user: "User", *, of_fact: int) -> "PersonNotified":
        return cls(stream=f"user:{user.public_id}", subject=user.public_id, version=1, data={"fact": of_fact})


class NoticesRead(Event):
    """A person has read notifications: the count on their other screens is no longer true."""

    kind: ClassVar[str] = "person.notices_read"

    @classmethod
    def of(cls, user: "User", *, count: int) -> "NoticesRead":
        return cls(stream=f"user:{user.public_id}", subject=user.public_id, version=1, data={"count": count})


class RoleGranted(Event):
    kind: ClassVar[str] = "role.granted"

    @classmethod
    def of(cls, grant: "RoleGrant") -> "RoleGranted":
        data = {"role": grant.role, "scope": grant.scope, "scope_id": grant.scope_id}
        person = grant.user.public_id
        return cls(stream=f"user:{person}", subject=person, version=1, data=data)


class RoleRevoked(RoleGranted):
    kind: ClassVar[str] = "role.revoked"


class OrganisationEvent(Event):
    @classmethod
    def of(cls, organisation: "Organisation", reason: str = "") -> "OrganisationEvent":
        stream = f"organisation:{organisation.public_id}"
        return cls(stream=stream, subject=organisation.public_id, version=organisation.version, reason=reason)


class OrganisationRegistered(OrganisationEvent):
    kind: ClassVar[str] = "organisation.registered"


class OrganisationVerified(OrganisationEvent):
    kind: ClassVar[str] = "organisation.verified"


class OrganisationReturned(OrganisationEvent):
    kind: ClassVar[str] = "organisation.returned"


class OrganisationResubmitted(OrganisationEvent):
    kind: ClassVar[str] = "organisation.resubmitted"


class MemberAdded(Event):
    kind: ClassVar[str] = "organisation.member_added"

    @classmethod
    def of(cls, organisation: "Organisation", user: "User", place: str) -> "MemberAdded":
        stream = f"organisation:{organisation.public_id}"
        return cls(stream=stream, subject=user.public_id, version=organisation.version, data={"place": place})


class ExpertListed(Event):
    """An entry of the expert database appeared or changed."""

    kind: ClassVar[str] = "expert.listed"

    @classmethod
    def of(cls, expert: "Expert") -> "ExpertListed":
        return cls(stream=f"expert:{expert.public_id}", subject=expert.public_id, version=expert.version)
