"""Reads of the back office: who holds what, what waits for a second person, who may be that person."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, RoleGrant, User
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ADMINISTRATION, Role, Scope
from marketplace.administration.lifecycle import UNDER_WAY, RequestState, ResetState
from marketplace.administration.models import FactorReset, GrantRequest
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.kernel.ids import is_public_id
from marketplace.kernel.lifecycle import expect
from marketplace.kernel.reading import once
from marketplace.registry.codes import within
from marketplace.registry.models import Region

PEOPLE = ("user", "granted_by", "confirmed_by")


def person_named(text: str) -> User | None:
    """Who can hold an office by this name: a confirmed address or a public id of an open account; None for the rest."""
    typed = text.strip()
    if "@" in typed:
        confirmed = EmailAddress.objects.filter(email=typed.lower(), verified=True).values("user_id")
        return User.objects.filter(pk__in=confirmed, is_active=True).first()
    if not is_public_id(typed.lower()):
        return None
    known = User.objects.filter(public_id=typed.lower(), is_active=True).first()
    return known if known is not None and people.has_verified_mail(known) else None


def grants() -> QuerySet[RoleGrant]:
    """Every grant that holds now or did, the latest first."""
    return RoleGrant.objects.select_related(*PEOPLE).order_by("-valid_from", "-pk")


def grants_held(user: User, role: str, scope: str, scope_id: str) -> list[RoleGrant]:
    """This person's grants of this role for this very scope that are in force."""
    rows = RoleGrant.objects.filter(people.in_force(clock.now()), user=user, role=role, scope=scope, scope_id=scope_id)
    return list(rows.select_related("user").order_by("pk"))


def held_now() -> Q:
    """A condition on grants: in force at this moment."""
    return people.in_force(clock.now())


def of_region(region: Region) -> Q:
    """A condition on grants: for this region or one in it."""
    return Q(scope=Scope.REGION) & within("scope_id", [region.code])


def requests() -> QuerySet[GrantRequest]:
    """Every request, with whom it names."""
    return GrantRequest.objects.select_related("user", "proposed_by", "decided_by")


def waiting() -> QuerySet[GrantRequest]:
    """Requests that a second person can still decide, the oldest first."""
    return requests().filter(state=RequestState.PROPOSED, lapses_at__gt=clock.now()).order_by("proposed_at", "pk")


def decided() -> QuerySet[GrantRequest]:
    """All others, the latest first."""
    over = ~Q(state=RequestState.PROPOSED) | Q(lapses_at__lte=clock.now())
    return requests().filter(over).order_by("-moved_at", "-pk")


def overdue() -> list[str]:
    """Public ids of requests that nobody decided in time."""
    late = GrantRequest.objects.filter(state=RequestState.PROPOSED, lapses_at__lte=clock.now())
    return list(late.order_by("pk").values_list("public_id", flat=True))


def seen(public_id: str) -> GrantRequest:
    """One request. Raises NotFound."""
    row = requests().filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def locked(public_id: str, version: int | None = None) -> GrantRequest:
    """The request, locked until the end of the transaction. Raises NotFound or Stale."""
    row = requests().select_for_update(of=("self",)).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    expect(row, version)
    return row


def office_of(person: Person) -> Role | None:
    """Which of the separated administrators the person is now."""
    return next((Role(grant.role) for grant in people.grants_of(person) if grant.role in ADMINISTRATION), None)


def confirmers(row: GrantRequest) -> list[User]:
    """Who may decide this request: another security administrator, or where there is none a system administrator."""
    return _second_persons({row.proposed_by_id, row.user_id})


def reset_deciders(row: FactorReset) -> list[User]:
    """Whose turn it is with a lost second factor: first a security administrator, then a second person as above."""
    if row.state == ResetState.ASKED:
        return _unbound(Role.SECURITY_ADMIN, {row.user_id})
    return _second_persons({row.vouched_by_id, row.user_id})


def is_last_of_office(user: User) -> bool:
    """Whether nobody else is system or security administrator, as this person is: then no two can decide on them."""
    watching = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
    return any(user in _holders(role) and not _unbound(role, {user.pk}) for role in watching)


def voucher_is_in_office(row: FactorReset) -> bool:
    """Whether whoever vouched is a security administrator still."""
    return row.vouched_by in _holders(Role.SECURITY_ADMIN)


def resets() -> QuerySet[FactorReset]:
    """Every request to forget a lost second factor, with whom it names."""
    return FactorReset.objects.select_related("user", "vouched_by", "decided_by")


def resets_under_way() -> QuerySet[FactorReset]:
    """Those that two administrators can still decide, the oldest first."""
    return resets().filter(state__in=UNDER_WAY, lapses_at__gt=clock.now()).order_by("asked_at", "pk")


def resets_over() -> QuerySet[FactorReset]:
    """All others, the latest first."""
    return resets().filter(~Q(state__in=UNDER_WAY) | Q(lapses_at__lte=clock.now())).order_by("-moved_at", "-pk")


def overdue_resets() -> list[str]:
    """Public ids of those that nobody decided in time."""
    late = FactorReset.objects.filter(state__in=UNDER_WAY, lapses_at__lte=clock.now())
    return list(late.order_by("pk").values_list("public_id", flat=True))


def last_reset_of(person: User) -> FactorReset | None:
    """What the person asked for last."""
    return resets().filter(user=person).order_by("-asked_at", "-pk").first()


def resets_within_a_day(person: User) -> QuerySet[FactorReset]:
    """What the person asked for within the last day."""
    return FactorReset.objects.filter(user=person, asked_at__gt=clock.now() - people.DAY)


def reset(public_id: str) -> FactorReset:
    """One of them. Raises NotFound."""
    row = resets().filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def locked_reset(public_id: str, version: int | None = None) -> FactorReset:
    """The same, locked until the end of the transaction. Raises NotFound or Stale."""
    row = resets().select_for_update(of=("self",)).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    expect(row, version)
    return row


def confirmed_addresses(person: User) -> list[str]:
    """Every address that the person has confirmed."""
    return list(EmailAddress.objects.filter(user=person, verified=True).order_by("pk").values_list("email", flat=True))


def _second_persons(bound: set[int | None]) -> list[User]:
    return _unbound(Role.SECURITY_ADMIN, bound) or _unbound(Role.SYSTEM_ADMIN, bound)


def _unbound(role: Role, bound: set[int | None]) -> list[User]:
    return [one for one in _holders(role) if one.pk not in bound]


def _holders(role: Role) -> list[User]:
    """Those who can sign in; on a page asked once for all its rows."""
    held = RoleGrant.objects.filter(people.in_force(clock.now()), role=role).values("user")
    rows = User.objects.filter(pk__in=held, is_active=True).order_by("display_name", "pk")
    return once(("holders", role), lambda: list(rows))


def places_of(rows: Iterable[RoleGrant | GrantRequest]) -> dict[str, Region | Organisation]:
    """The regions and organisations these rows name, by their code or id, in two queries."""
    named = {row.scope_id for row in rows if row.scope_id}
    places: dict[str, Region | Organisation] = {one.code: one for one in Region.objects.filter(code__in=named)}
    return places | {one.public_id: one for one in Organisation.objects.filter(public_id__in=named)}
