"""Reads about notifications."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import Role
from marketplace.notices.models import Notice
from marketplace.notices.wording import SAYINGS
from tasks.challenges import queries as challenges


def notices() -> QuerySet[Notice]:
    """Every notice with what its sentence needs."""
    return Notice.objects.select_related("challenge", "organisation", "fact")


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


def lines(shown: Iterable[Notice], person: Person) -> list[tuple[Notice, str]]:
    """Each notice with its sentence; a title the person may no longer see is not in it."""
    rows = list(shown)
    doubtful = {row.challenge for row in rows if row.challenge and not row.challenge.is_public}
    seen = challenges.found([one.public_id for one in doubtful], person) if doubtful else {}
    hidden = {one.pk for one in doubtful if one.public_id not in seen}
    return [(row, sentence(row, hidden=row.challenge_id in hidden)) for row in rows]


def sentence(notice: Notice, *, hidden: bool = False) -> str:
    """What the notice says, in the active language."""
    saying = SAYINGS[notice.kind, notice.part]
    title = notice.challenge.heading if notice.challenge else ""
    if hidden:
        title = _("This challenge is not public.")
    name = str(notice.organisation) if notice.organisation else ""
    return str(saying.sentence) % {"title": title, "name": name, "role": _role(notice)}


def _role(notice: Notice) -> str:
    """The office that its fact names, in words; "" for all others."""
    code = notice.fact.data.get("role", "")
    return str(Role(code).label) if code in Role.values else ""
