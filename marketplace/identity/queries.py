"""Reads about real names. Nothing here answers a number; a name only to its owner and to who compares it."""

from datetime import timedelta
from statistics import median

from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.accounts.models import User
from marketplace.accounts.queries import Person, regions_of
from marketplace.accounts.roles import Role
from marketplace.identity import events
from marketplace.identity.lifecycle import STANDING, RealNameState
from marketplace.identity.models import RealNameVerification
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import expect
from marketplace.outbox.models import Fact
from marketplace.registry.codes import within

FEWEST = 5
"""Decisions below which a median says nothing."""
LATELY = 50
DECIDED = (RealNameState.VERIFIED, RealNameState.RETURNED)
DAY = timedelta(days=1)


def of(person: Person) -> RealNameVerification | None:
    """The person's own application."""
    if not isinstance(person, User):
        return None
    return RealNameVerification.objects.select_related("region").filter(user=person).first()


def has_said(person: User) -> bool:
    """Whether the person has said who they are, verified or still being compared."""
    return RealNameVerification.objects.filter(user=person, state__in=STANDING).exists()


def is_verified(person: User) -> bool:
    """Whether the person is known by their real name (REAL_NAME_USER)."""
    return RealNameVerification.objects.filter(user=person, state=RealNameState.VERIFIED).exists()


def verified(path: str) -> Exists:
    """A condition on rows: the person at this path is known by their real name."""
    return Exists(RealNameVerification.objects.filter(user=OuterRef(path), state=RealNameState.VERIFIED))


def waiting_for(person: Person) -> QuerySet[RealNameVerification]:
    """Applications this region administrator may compare, longest waiting first; never their own."""
    return _administered_by(person).filter(state=RealNameState.PENDING).order_by("moved_at", "pk")


def seen_by(public_id: str, person: Person) -> RealNameVerification:
    """One of this officer's region, whatever became of it. Raises NotFound alike for missing and somebody else's."""
    row = _administered_by(person).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def locked(public_id: str, version: int | None = None) -> RealNameVerification:
    """The application, locked until the end of the transaction. Raises NotFound or Stale."""
    rows = RealNameVerification.objects.select_for_update(of=("self",)).select_related("user", "region")
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    expect(row, version)
    return row


def is_verified_elsewhere(row: RealNameVerification) -> bool:
    """Whether another account is verified with the same document."""
    same = RealNameVerification.objects.filter(document=row.document, state=RealNameState.VERIFIED)
    return same.exclude(pk=row.pk).exists()


def numbers_tried(row: RealNameVerification) -> int:
    """How often an officer has read another number since this was said."""
    return _facts(row, events.RealNameNumberDiffered).filter(occurred_at__gte=row.applied_at).count()


def said_within_a_day(row: RealNameVerification) -> int:
    """How often its owner has said who they are within the last day."""
    return _facts(row, events.RealNameAppliedFor).filter(occurred_at__gt=clock.now() - DAY).count()


def usual_wait() -> timedelta | None:
    """How long the latest decisions took, the median; None while there are too few."""
    decided = RealNameVerification.objects.filter(state__in=DECIDED).order_by("-moved_at")
    moments = decided.values_list("applied_at", "moved_at")[:LATELY]
    seconds = [(moved - applied).total_seconds() for applied, moved in moments]
    return timedelta(seconds=median(seconds)) if len(seconds) >= FEWEST else None


def _facts(row: RealNameVerification, kind: type[events.RealNameEvent]) -> QuerySet[Fact]:
    return Fact.objects.filter(subject=row.public_id, kind=kind.kind)


def _administered_by(person: Person) -> QuerySet[RealNameVerification]:
    codes = regions_of(person, Role.REGION_ADMIN)
    rows = RealNameVerification.objects.select_related("user", "region")
    if codes is not None:
        rows = rows.filter(within("region__code", codes))
    return rows.exclude(user=person if isinstance(person, User) else None)


def facts_shown() -> Q:
    """Which facts of this room audit administrators may see: all; none holds a name or a number."""
    return Q(stream__startswith="user:", kind__startswith="real_name.")
