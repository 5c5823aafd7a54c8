"""Reads of the back office about offices: who holds what, what waits for a second person, who may be that person."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, RoleGrant, User
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ADMINISTRATION, Role, Scope
from marketplace.administration.lifecycle import RequestState
from marketplace.administration.models import GrantRequest
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
    return _unbound(row, Role.SECURITY_ADMIN) or _unbound(row, Role.SYSTEM_ADMIN)


def _unbound(row: GrantRequest, role: Role) -> list[User]:
    return [one for one in _holders(role) if one.pk not in {row.proposed_by_id, row.user_id}]


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
