"""Facts about people and organisations."""

from typing import TYPE_CHECKING, ClassVar

from marketplace.outbox.events import Event, Scalar

if TYPE_CHECKING:
    from marketplace.accounts.models import Expert, Invitation, Organisation, RoleGrant, User


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


class PersonClosed(PersonChanged):
    """The operator lets somebody sign in no more. Why stands in their row, for it may say something of them (I29)."""

    kind: ClassVar[str] = "person.closed"


class PersonReopened(PersonChanged):
    """And lets them in again."""

    kind: ClassVar[str] = "person.reopened"


class ErasureAskedFor(PersonChanged):
    """Somebody's account is closed and will be erased; said by them, or by the operator for them (I29)."""

    kind: ClassVar[str] = "person.erasure_asked"


class PersonErased(PersonChanged):
    """Nothing is left of somebody but their public id, by which what they did stays theirs (I29)."""

    kind: ClassVar[str] = "person.erased"


class SecondFactorSetUp(PersonChanged):
    """Somebody set up an authenticator app, a passkey or a security key."""

    kind: ClassVar[str] = "person.second_factor_set_up"


class SecondFactorTakenAway(PersonChanged):
    """Somebody took one of them away."""

    kind: ClassVar[str] = "person.second_factor_taken_away"


class SecondFactorReset(PersonChanged):
    """All of somebody's factors and recovery codes are gone, because they lost them; they sign in anew and enrol."""

    kind: ClassVar[str] = "person.second_factor_reset"


class PhoneVerified(PersonChanged):
    """Somebody can sign in with a mobile number from now on; which one is not said."""

    kind: ClassVar[str] = "person.phone_verified"


class PhoneRemoved(PersonChanged):
    """And no longer."""

    kind: ClassVar[str] = "person.phone_removed"


class Connected(Event):
    """Somebody can sign in through this provider from now on."""

    kind: ClassVar[str] = "person.connected"

    @classmethod
    def of(cls, user: "User", provider: str) -> "Connected":
        stream = f"user:{user.public_id}"
        return cls(stream=stream, subject=user.public_id, version=1, data={"provider": provider})


class Disconnected(Connected):
    """And no longer."""

    kind: ClassVar[str] = "person.disconnected"


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
    """With what the official register said, and whether the office compared otherwise."""

    kind: ClassVar[str] = "organisation.verified"

    @classmethod
    def found(cls, organisation: "Organisation", register: str, *, by_hand: bool) -> "OrganisationVerified":
        told = cls.of(organisation)
        data: dict[str, Scalar] = {"register": register, "by_hand": by_hand}
        return cls(stream=told.stream, subject=told.subject, version=told.version, data=data)


class OrganisationRenewed(OrganisationVerified):
    """It is verified for another year; with the same."""

    kind: ClassVar[str] = "organisation.renewed"


class OrganisationReturned(OrganisationEvent):
    kind: ClassVar[str] = "organisation.returned"


class ReleaseRuleChanged(Event):
    """From now on postings go out by two hands, or by one."""

    kind: ClassVar[str] = "organisation.release_rule_changed"

    @classmethod
    def of(cls, organisation: "Organisation") -> "ReleaseRuleChanged":
        stream = f"organisation:{organisation.public_id}"
        data: dict[str, Scalar] = {"by_two": organisation.released_by_two}
        return cls(stream=stream, subject=organisation.public_id, version=organisation.version, data=data)


class OrganisationEndsSoon(OrganisationEvent):
    """Its verification ends within the month."""

    kind: ClassVar[str] = "organisation.ends_soon"


class OrganisationExpired(OrganisationEvent):
    """Its verification has ended by time (S5)."""

    kind: ClassVar[str] = "organisation.expired"


class OrganisationSuspended(OrganisationEvent):
    """A supervisor lets it act no more (S6); the reason is theirs."""

    kind: ClassVar[str] = "organisation.suspended"


class OrganisationRestored(OrganisationEvent):
    kind: ClassVar[str] = "organisation.restored"


class OrganisationResubmitted(OrganisationEvent):
    kind: ClassVar[str] = "organisation.resubmitted"


class MemberAdded(Event):
    kind: ClassVar[str] = "organisation.member_added"

    @classmethod
    def of(cls, organisation: "Organisation", user: "User", place: str) -> "MemberAdded":
        stream = f"organisation:{organisation.public_id}"
        return cls(stream=stream, subject=user.public_id, version=organisation.version, data={"place": place})


class MemberJoined(MemberAdded):
    """Somebody has joined by themselves, with an address at a mail domain of the organisation."""

    kind: ClassVar[str] = "organisation.member_joined"


class PlaceChanged(MemberAdded):
    """One of an organisation's people acts for it from now on, or no longer."""

    kind: ClassVar[str] = "organisation.place_changed"


class HandedOver(MemberAdded):
    """An organisation has another owner; the fact is about the new one."""

    kind: ClassVar[str] = "organisation.handed_over"


class MemberLeft(OrganisationEvent):
    """Somebody belongs to an organisation no longer, of their own accord."""

    kind: ClassVar[str] = "organisation.member_left"

    @classmethod
    def of(cls, organisation: "Organisation", user: "User") -> "MemberLeft":  # type: ignore[override]  # names the person too
        stream = f"organisation:{organisation.public_id}"
        return cls(stream=stream, subject=user.public_id, version=organisation.version)


class MemberRemoved(MemberLeft):
    """Somebody belongs to an organisation no longer, because it was said there."""

    kind: ClassVar[str] = "organisation.member_removed"


class InvitationEvent(Event):
    """Of an invitation; it never names the address."""

    @classmethod
    def of(cls, invitation: "Invitation") -> "InvitationEvent":
        stream = f"organisation:{invitation.organisation.public_id}"
        return cls(stream=stream, subject=invitation.public_id, version=invitation.version)


class MemberInvited(InvitationEvent):
    kind: ClassVar[str] = "organisation.member_invited"


class InvitationDeclined(InvitationEvent):
    kind: ClassVar[str] = "organisation.invitation_declined"


class InvitationWithdrawn(InvitationEvent):
    kind: ClassVar[str] = "organisation.invitation_withdrawn"


class ExpertListed(Event):
    """An entry of the expert database appeared or changed."""

    kind: ClassVar[str] = "expert.listed"

    @classmethod
    def of(cls, expert: "Expert") -> "ExpertListed":
        return cls(stream=f"expert:{expert.public_id}", subject=expert.public_id, version=expert.version)


class ExpertRemoved(Event):
    """An entry is gone, with its person; newer than anything that was ever said of it."""

    kind: ClassVar[str] = "expert.removed"

    @classmethod
    def of(cls, expert: "Expert") -> "ExpertRemoved":
        return cls(stream=f"expert:{expert.public_id}", subject=expert.public_id, version=expert.version + 1)
