"""Reads about opening keys."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import Role
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.registry.models import Region
from marketplace.sealing.lifecycle import KeyState
from marketplace.sealing.models import KeyHalf, MatterKey, OfficerKey

PROVEN_FOR = timedelta(days=30)
"""So long a key counts after its phrase was typed: who has lost it is known before a deadline, not after."""
REMINDED_BEFORE = timedelta(days=7)
ENOUGH, WANTED, MOST = 2, 3, 5
"""Officers without whom nothing is published, without whom administrators are warned, and who share one key at most."""


def key_in_force(person: Person) -> OfficerKey | None:
    """The officer's key, proven or not."""
    if not isinstance(person, User):
        return None
    return OfficerKey.objects.filter(officer=person, state=KeyState.IN_FORCE).first()


def locked_key(officer: User) -> OfficerKey:
    """The officer's key in force, locked until the end of the transaction. Raises NotFound."""
    row = OfficerKey.objects.select_for_update().filter(officer=officer, state=KeyState.IN_FORCE).order_by().first()
    if row is None:
        raise NotFound
    row.officer = officer
    return row


def proven_until(key: OfficerKey) -> datetime | None:
    """Until when something is entrusted to the key; None if its phrase was never typed."""
    return key.proven_at + PROVEN_FOR if key.proven_at else None


def able(region: Region, *, unfit: Callable[[User], bool] = lambda _user: False) -> list[OfficerKey]:
    """Proven keys of the region's opening officers, the latest proven first, of at most `MOST` of them."""
    officers = [one for one in people.holders(Role.OPENING_OFFICER, region=region) if not unfit(one)]
    rows = OfficerKey.objects.filter(
        officer__in=officers, state=KeyState.IN_FORCE, proven_at__gt=clock.now() - PROVEN_FOR
    )
    return list(rows.select_related("officer").order_by("-proven_at", "pk")[:MOST])


def key_of(matter: str) -> MatterKey | None:
    """The key of a matter, if it has one."""
    return MatterKey.objects.filter(matter=matter).first()


def keyed_before(moment: datetime, *, path: str) -> Exists:
    """A condition on rows with a matter at this path: it has a key, made by then."""
    return Exists(MatterKey.objects.filter(matter=OuterRef(path), made_at__lte=moment))


def halves_of(person: Person, matter: str) -> QuerySet[KeyHalf]:
    """The halves of a matter's key that are in boxes for this person."""
    if not isinstance(person, User):
        return KeyHalf.objects.none()
    return KeyHalf.objects.filter(key__matter=matter, holder__officer=person).select_related("holder").order_by("pk")


def holders_of(matter: str) -> list[User]:
    """The officers who hold halves, by name."""
    rows = User.objects.filter(opening_keys__halves__key__matter=matter).distinct()
    return list(rows.order_by("display_name", "pk"))


def handed_over(matter: str) -> QuerySet[KeyHalf]:
    """Halves that one officer has handed over and that wait for another's."""
    return KeyHalf.objects.filter(key__matter=matter).exclude(handed_over="").order_by("pk")


def matters_held_by(person: Person) -> list[str]:
    """Matters that this person holds halves of and that nobody has opened yet."""
    if not isinstance(person, User):
        return []
    rows = MatterKey.objects.filter(spent_at=None, halves__holder__officer=person)
    return list(rows.order_by("pk").distinct().values_list("matter", flat=True))


def proofs_due(now: datetime) -> QuerySet[OfficerKey]:
    """Keys whose officers have to type their phrase soon and were not told since they last did."""
    due = Q(proven_at__lte=now - PROVEN_FOR + REMINDED_BEFORE) & Q(reminded_at=None)
    rows = OfficerKey.objects.filter(due, state=KeyState.IN_FORCE, officer__is_active=True)
    return rows.select_related("officer").order_by("pk")
