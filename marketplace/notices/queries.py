"""Reads about notifications."""

from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.notices.models import Notice
from marketplace.notices.wording import SAYINGS


def notices() -> QuerySet[Notice]:
    """Every notice with what its sentence needs."""
    return Notice.objects.select_related("challenge", "organisation")


def notices_of(person: Person) -> QuerySet[Notice]:
    """The person's notices, the newest first."""
    if not isinstance(person, User):
        return Notice.objects.none()
    return notices().filter(user=person).order_by("-created_at", "-pk")


def unread_count(person: Person) -> int:
    """How many the person has not read."""
    if not isinstance(person, User):
        return 0
    return Notice.objects.filter(user=person, read_at=None).count()


def sentence(notice: Notice) -> str:
    """What the notice says, in the active language."""
    saying = SAYINGS[notice.kind, notice.part]
    title = notice.challenge.heading if notice.challenge else ""
    name = str(notice.organisation) if notice.organisation else ""
    return str(saying.sentence) % {"title": title, "name": name}
