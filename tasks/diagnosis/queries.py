"""Reads about diagnoses. An expert finds their own; a sponsor those of its drafts."""

from django.db.models import QuerySet

from marketplace.accounts import queries as people
from marketplace.accounts.models import Expert, User
from marketplace.accounts.queries import Person
from marketplace.kernel.errors import NotFound
from tasks.challenges.lifecycle import EDITABLE
from tasks.challenges.models import Challenge
from tasks.diagnosis.models import Diagnosis

MOST_OFFERED = 50


def of(challenge: Challenge) -> list[Diagnosis]:
    """Who was asked about this draft, in their order."""
    return list(Diagnosis.objects.filter(challenge=challenge).select_related("expert").order_by("asked_at", "pk"))


def asked_of(person: Person) -> QuerySet[Diagnosis]:
    """Drafts on which this person is asked to comment, as long as they are drafts; the longest wait first."""
    if not isinstance(person, User):
        return Diagnosis.objects.none()
    rows = Diagnosis.objects.filter(expert=person, challenge__state__in=EDITABLE)
    return rows.select_related("challenge__sponsor", "challenge__region").order_by("asked_at")


def own(public_id: str, person: Person) -> Diagnosis:
    """One of them. Raises NotFound alike for missing, somebody else's and handed in."""
    row = asked_of(person).filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def locked(public_id: str) -> Diagnosis:
    """The row until the end of the transaction. Raises NotFound."""
    row = Diagnosis.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise NotFound
    return row


def readers_of(challenge: Challenge) -> QuerySet[Diagnosis, int]:
    """Primary keys of the experts who have read it as a draft: they know more of it than whoever answers."""
    rows = Diagnosis.objects.filter(challenge=challenge).exclude(read_at=None).order_by()
    return rows.values_list("expert", flat=True)


def has_read(person: User, challenge: Challenge) -> bool:
    """Whether the person is one of them."""
    return readers_of(challenge).filter(expert=person).exists()


def askable(challenge: Challenge) -> QuerySet[Expert]:
    """Experts of the draft's fields with an account who do not belong to its sponsor, lately neither."""
    rows = people.experts().exclude(user=None).filter(user__is_active=True)
    if challenge.sponsor_id is not None:
        inside = people.belonging_lately().filter(organisation=challenge.sponsor_id)
        rows = rows.exclude(user__in=inside.values("user"))
    rows = rows.exclude(user__in=Diagnosis.objects.filter(challenge=challenge).values("expert"))
    return rows.filter(fields__in=challenge.fields.all()).distinct().order_by("label", "pk")[:MOST_OFFERED]
