"""Reads about people and organisations."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from marketplace.accounts import events
from marketplace.accounts.lifecycle import RENEWED_BEFORE, InvitationState, OrganisationState
from marketplace.accounts.models import Expert, Invitation, Membership, Organisation, PhoneNumber, RoleGrant, User
from marketplace.accounts.roles import ADMINISTRATION, Role, Scope, excluded_by
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from marketplace.kernel.reading import once
from marketplace.outbox.models import Fact
from marketplace.registry.codes import covers as code_covers
from marketplace.registry.codes import within as codes_within
from marketplace.registry.models import Region

Person = User | AnonymousUser

OFFICES = (Membership.Place.OWNER, Membership.Place.OFFICER)
"""The places in which somebody may act for an organisation."""

QUIET = (events.PersonNotified.kind, events.NoticesRead.kind)
"""That somebody was told something: of a sealed proposal too, and so nobody's to see (I9)."""

DAY = timedelta(days=1)
LOOK_BACK = timedelta(days=3 * 365)
"""Whoever left an organisation within three years is still treated as one of its people (4.5)."""


def in_force(moment: datetime) -> Q:
    """Rows with `valid_from`/`valid_until` that hold at this moment (half-open)."""
    return Q(valid_from__lte=moment) & (Q(valid_until=None) | Q(valid_until__gt=moment))


def grants_of(person: Person) -> list[RoleGrant]:
    """The roles a person holds now."""
    if not isinstance(person, User) or not person.is_active:
        return []
    return once(("grants", person.pk), lambda: list(RoleGrant.objects.filter(in_force(clock.now()), user=person)))


def holds(person: Person, role: Role, *, region: Region | None = None) -> bool:
    """Whether the person holds this role for this region: for the platform, the region itself or one above it (H32)."""
    return any(grant.role == role and _reaches(grant, region) for grant in grants_of(person))


def administers(person: Person) -> bool:
    """Whether the person is one of the separated administrators now (I18)."""
    return any(grant.role in ADMINISTRATION for grant in grants_of(person))


def administers_now(user: User) -> bool:
    """The same asked of the database at this moment, offices of later included."""
    return RoleGrant.objects.filter(now_or_later(), user=user, role__in=ADMINISTRATION).exists()


def in_back_office(moment: datetime) -> Exists:
    """A condition on rows of people: they have an office whose work is there. For menus; each page asks the policy."""
    grants = RoleGrant.objects.filter(ends_after(moment), user=OuterRef("pk"))
    return Exists(grants.filter(role__in=[*ADMINISTRATION, Role.REGION_ADMIN]))


def no_administrator(path: str) -> Q:
    """A condition on rows: the person at this path is none of them now. For what they would read otherwise."""
    grants = RoleGrant.objects.filter(in_force(clock.now()), user=OuterRef(path), role__in=ADMINISTRATION)
    return ~Q(Exists(grants))


def excluding(user: User, role: Role, until: datetime | None) -> list[RoleGrant]:
    """Grants that exclude this role, in force now or at any time before `until`."""
    rows = RoleGrant.objects.filter(now_or_later(), user=user, role__in=excluded_by(role))
    return list(rows.filter(valid_from__lt=until) if until else rows)


def regions_of(person: Person, role: Role) -> list[str] | None:
    """Codes of the regions a person holds this role for; None means everywhere."""
    held = [grant for grant in grants_of(person) if grant.role == role]
    if any(grant.scope == Scope.PLATFORM for grant in held):
        return None
    return [grant.scope_id for grant in held if grant.scope == Scope.REGION]


def holders(role: Role, *, region: Region) -> list[User]:
    """Active people who hold this role for this region, by name."""
    grants = RoleGrant.objects.filter(in_force(clock.now()), role=role, user__is_active=True).select_related("user")
    return sorted({grant.user for grant in grants if _reaches(grant, region)}, key=lambda user: user.display_name)


@dataclass(frozen=True)
class HeldRole:
    """A role with the place it reaches: a region, an organisation, or neither for the whole platform."""

    grant: RoleGrant
    place: Region | Organisation | None


def held_roles(person: Person) -> list[HeldRole]:
    """The roles a person holds now, each with its place, in at most three queries."""
    grants = grants_of(person)
    named = [grant.scope_id for grant in grants if grant.scope_id]
    places: dict[str, Region | Organisation] = {one.code: one for one in Region.objects.filter(code__in=named)}
    places |= {one.public_id: one for one in Organisation.objects.filter(public_id__in=named)}
    return [HeldRole(grant, places.get(grant.scope_id)) for grant in grants]


def is_party(user: User) -> bool:
    """Whether the person belongs to an organisation now, or has an entry in the expert database."""
    return memberships_of(user).exists() or Expert.objects.filter(user=user).exists()


def expert_entry_of(person: Person) -> Expert | None:
    """The person's entry in the expert database."""
    return experts().filter(user=person).first() if isinstance(person, User) else None


def officer_of(person: Person, organisation: Organisation | None) -> bool:
    """Whether the person may act for this organisation now."""
    return organisation is not None and _places(person).get(organisation.pk) in OFFICES


def belongs_to(person: Person, organisation: int | None) -> bool:
    """Whether the person is one of this organisation's people now, whatever their place there; by its primary key."""
    return organisation is not None and organisation in _places(person)


def belonged_lately(person: Person, organisation: int | None) -> bool:
    """The same, or did within the last three years (4.5): who leaves for a day decides nothing for it."""
    if not isinstance(person, User) or organisation is None:
        return False
    return belonging_lately().filter(user=person, organisation=organisation).exists()


def stands_verified(organisation: Organisation | None) -> bool:
    """Whether it may act now (S2, S5): verified, and the time is not over even where no job has said so yet."""
    if organisation is None or organisation.state != OrganisationState.VERIFIED:
        return False
    return organisation.verified_until is None or clock.now() < organisation.verified_until


def were_removed(person: User, organisation: Organisation) -> bool:
    """Whether it was ever said there that the person belongs to it no longer."""
    stream = f"organisation:{organisation.public_id}"
    return Fact.objects.filter(stream=stream, kind=events.MemberRemoved.kind, subject=person.public_id).exists()


def were_lately_colleagues(one: User, other: User) -> bool:
    """Whether both belong to the same organisation, or did within the last three years (4.5)."""
    theirs = belonging_lately().filter(user=other).values("organisation")
    return belonging_lately().filter(user=one, organisation__in=theirs).exists()


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """Organisations the person may act for now."""
    return Organisation.objects.filter(pk__in=_offices(person).values("organisation")).select_related("region")


def verified_organisations_of(person: Person) -> QuerySet[Organisation]:
    """Those of them that a region administrator has verified, as long as that holds."""
    standing = Q(verified_until=None) | Q(verified_until__gt=clock.now())
    return organisations_of(person).filter(standing, state=OrganisationState.VERIFIED)


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Everywhere the person belongs now, whatever their place there."""
    if not isinstance(person, User):
        return Membership.objects.none()
    return Membership.objects.filter(in_force(clock.now()), user=person).select_related("organisation__region")


def belonging_lately() -> QuerySet[Membership]:
    """Memberships that hold now or ended within the last three years: what conflicts of interest go by (4.5)."""
    return Membership.objects.filter(Q(valid_until=None) | Q(valid_until__gt=clock.now() - LOOK_BACK))


def officers_of(organisation: Organisation) -> list[User]:
    """People who may act for the organisation now."""
    places = [Membership.Place.OWNER, Membership.Place.OFFICER]
    rows = Membership.objects.filter(in_force(clock.now()), organisation=organisation, place__in=places)
    return [row.user for row in rows.filter(user__is_active=True).select_related("user")]


def locked_organisation(public_id: str, version: int | None = None) -> Organisation:
    """The organisation, locked until the end of the transaction. Raises NotFound, or Stale for another version."""
    organisation = Organisation.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if organisation is None:
        raise NotFound
    expect(organisation, version)
    return organisation


def pending_organisations(person: Person) -> QuerySet[Organisation]:
    """Organisations that wait for this region administrator's verification, new or again, longest first."""
    due = Q(state=OrganisationState.VERIFIED, verified_until__lte=clock.now() + RENEWED_BEFORE)
    stated = Q(state__in=(OrganisationState.PENDING, OrganisationState.EXPIRED))
    waiting = Organisation.objects.filter(stated | due).select_related("region")
    codes = regions_of(person, Role.REGION_ADMIN)
    if codes is not None:
        waiting = waiting.filter(codes_within("region__code", codes))
    return waiting.order_by("moved_at")


def organisations_visible_to(person: Person) -> QuerySet[Organisation]:
    """Those that were ever verified; before that only one's own, or those of the region one administers (H32)."""
    codes = regions_of(person, Role.REGION_ADMIN)
    administered = Q(pk__isnull=False) if codes is None else codes_within("region__code", codes)
    own = Q(pk__in=memberships_of(person).values("organisation"))
    rows = Organisation.objects.select_related("region__parent__parent")
    return rows.filter(Q(verified_until__isnull=False) | own | administered)


def directory(
    *, q: str | None = None, kind: str | None = None, sponsor_class: str | None = None, region: Region | None = None
) -> QuerySet[Organisation]:
    """Verified organisations by name; `q` is part of a name in either language, or the whole credit code."""
    rows = Organisation.objects.filter(state=OrganisationState.VERIFIED).select_related("region__parent__parent")
    if q:
        named = Q(name__icontains=q.strip()) | Q(name_en__icontains=q.strip())
        rows = rows.filter(named | Q(uscc=q.strip().upper(), uscc__gt=""))
    if kind:
        rows = rows.filter(kind=kind)
    if sponsor_class:
        rows = rows.filter(sponsor_class=sponsor_class)
    if region:
        rows = rows.filter(codes_within("region__code", [region.code]))
    return rows.order_by("name", "pk")


def organisation_seen_by(public_id: str, person: Person) -> Organisation:
    """One organisation. Raises NotFound alike for missing and hidden."""
    organisation = organisations_visible_to(person).filter(public_id=public_id).first()
    if organisation is None:
        raise NotFound
    return organisation


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who belongs to the organisation now, in the order in which they came."""
    rows = Membership.objects.filter(in_force(clock.now()), organisation=organisation)
    return rows.select_related("user").order_by("valid_from", "pk")


def now_or_later() -> Q:
    """Rows with `valid_until` that hold at this moment or will."""
    return ends_after(clock.now())


def ends_after(moment: datetime) -> Q:
    """Rows with `valid_until` that hold then or later."""
    return Q(valid_until=None) | Q(valid_until__gt=moment)


def has_office(person: User) -> bool:
    """Whether a role is granted to the person for now or later."""
    return RoleGrant.objects.filter(now_or_later(), user=person).exists()


def owned_by(person: User) -> QuerySet[Organisation]:
    """Organisations whose owner the person is now."""
    owning = memberships_of(person).filter(place=Membership.Place.OWNER)
    return Organisation.objects.filter(pk__in=owning.values("organisation"))


def owns_with_others(person: User) -> QuerySet[Organisation]:
    """Those of them to which somebody else belongs too."""
    others = Membership.objects.filter(in_force(clock.now()), user__is_active=True).exclude(user=person)
    return owned_by(person).filter(pk__in=others.values("organisation"))


def place_of(person: Person, organisation: Organisation) -> str:
    """The person's place in this organisation now; "" for none."""
    return _places(person).get(organisation.pk, "")


def invitations_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations of this organisation that can still be answered, the latest first."""
    return _answerable().filter(organisation=organisation).order_by("-created_at", "-pk")


def invited_within_a_day(organisation: Organisation) -> int:
    """How many invitations this organisation has written within the last day, withdrawn ones too."""
    return Invitation.objects.filter(organisation=organisation, created_at__gt=clock.now() - DAY).count()


def invitations_to(person: Person) -> QuerySet[Invitation]:
    """Invitations to addresses that this person has confirmed, and that can still be answered."""
    if not isinstance(person, User):
        return Invitation.objects.none()
    own = EmailAddress.objects.filter(user=person, verified=True).annotate(plain=Lower("email")).values("plain")
    return _answerable().filter(email__in=own).order_by("-created_at", "-pk")


def invitation_to(public_id: str, person: Person) -> Invitation:
    """One of them. Raises NotFound alike for missing, answered, over and somebody else's."""
    invitation = invitations_to(person).filter(public_id=public_id).first()
    if invitation is None:
        raise NotFound
    return invitation


def locked_invitation(public_id: str, person: User) -> Invitation:
    """An invitation this person can answer, read again under its organisation's lock. Raises NotFound."""
    invitation = invitation_to(public_id, person)
    invitation.organisation = locked_organisation(invitation.organisation.public_id)
    return invitation_to(public_id, person)


def _answerable() -> QuerySet[Invitation]:
    waiting = Invitation.objects.filter(state=InvitationState.WAITING, valid_until__gt=clock.now())
    return waiting.select_related("organisation__region", "invited_by")


REASONED: dict[str, type[events.OrganisationEvent]] = {
    OrganisationState.RETURNED: events.OrganisationReturned,
    OrganisationState.SUSPENDED: events.OrganisationSuspended,
}
"""States that were decided with a reason, and the facts that hold it."""


def reason_of(organisation: Organisation) -> str:
    """Why it is returned or suspended, as whoever decided wrote it (S3, S6); empty in other states."""
    fact = REASONED.get(organisation.state)
    if fact is None:
        return ""
    stream = f"organisation:{organisation.public_id}"
    decided = Fact.objects.filter(stream=stream, kind=fact.kind).order_by("sequence").last()
    return decided.reason if decided else ""


def has_verified_mail(user: User) -> bool:
    """Whether the person has shown that the e-mail address is theirs."""
    return bool(EmailAddress.objects.filter(user=user, verified=True).exists())


def person_at(address: str) -> User | None:
    """Who signs in with this address: whoever has confirmed it, else whose account began with it (I19).

    Three questions whoever it is and whether or not there is anybody, or haste would tell
    (docs/decisions/0011-the-doors.md).
    """
    plain = address.lower()
    confirmed = EmailAddress.objects.filter(email=plain, verified=True).values_list("user_id", flat=True).first()
    began = User.objects.filter(email=plain).values_list("pk", flat=True).first()
    return User.objects.filter(pk=confirmed or began or 0).first()


def person_with(number: str) -> User | None:
    """Who signs in with this mobile number in E.164: two questions whether or not there is anybody (I19)."""
    owner = PhoneNumber.objects.filter(number=number).values_list("user_id", flat=True).first()
    return User.objects.filter(pk=owner or 0).first()


def experts() -> QuerySet[Expert]:
    """The expert database."""
    return Expert.objects.select_related("region", "organisation").prefetch_related("fields")


def _offices(person: Person) -> QuerySet[Membership]:
    return memberships_of(person).filter(place__in=OFFICES)


def _places(person: Person) -> dict[int, str]:
    """The person's place in each organisation they belong to now, by its key."""
    if not isinstance(person, User):
        return {}

    def asked() -> dict[int, str]:
        rows = Membership.objects.filter(in_force(clock.now()), user=person)
        return dict(rows.values_list("organisation_id", "place"))

    return once(("places", person.pk), asked)


def _reaches(grant: RoleGrant, region: Region | None) -> bool:
    if grant.scope == Scope.PLATFORM:
        return True
    return grant.scope == Scope.REGION and region is not None and code_covers(grant.scope_id, region.code)


def holds_demo_data() -> bool:
    """Whether demo people live in this database; False while its tables do not exist yet."""
    if User._meta.db_table not in connection.introspection.table_names():
        return False
    return User.objects.filter(is_sample=True).exists()


def facts_shown() -> Q:
    """Which facts of this room audit administrators may see: all but the quiet ones."""
    own = Q(stream__startswith="user:") & (Q(kind__startswith="person.") | Q(kind__startswith="role."))
    told = Q(stream__startswith="organisation:", kind__startswith="organisation.") | Q(stream__startswith="expert:")
    told &= ~Q(kind="organisation.member_placed")  # who sits where is their organisation's own matter
    return (own & ~Q(kind__in=QUIET)) | told
