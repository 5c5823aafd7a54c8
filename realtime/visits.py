"""Who is at the other end of a socket, asked anew each time: a session can end and a person can be locked out."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from marketplace.accounts import second_factor
from marketplace.accounts.models import User
from marketplace.accounts.queries import Person


@dataclass(frozen=True)
class Visit:
    """A browser's session as it was when its socket opened: `key` "" without one, `user_id` None without a person."""

    key: str = ""
    user_id: int | None = None
    auth_hash: str = ""
    second_factor: str = ""
    """The public id of the person who had shown a second factor by then."""


def begin(key: str) -> Visit | None:
    """The visit of this session cookie; None when the session is over, unknown or no longer good for its person."""
    if not key:
        return Visit()
    session = Session.objects.filter(session_key=key, expire_date__gt=timezone.now()).first()
    if session is None:
        return None
    kept = session.get_decoded()
    visit = Visit(key)
    if SESSION_KEY in kept:
        if kept.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
            return None
        shown = str(kept.get(second_factor.SHOWN_BY, ""))
        visit = Visit(key, int(kept[SESSION_KEY]), str(kept.get(HASH_SESSION_KEY, "")), shown)
    return visit if visit in present({visit}) else None


def present(visits: Collection[Visit]) -> dict[Visit, Person]:
    """Those visits that still hold, each with its person freshly loaded; two queries however many there are.

    Signing out, here or everywhere, expiry, a new password, an office given or taken, and deactivation end it (I21);
    so does an invitation to judge or a second factor set up elsewhere, until this session has shown one.
    """
    keys = {visit.key for visit in visits if visit.key}
    alive = _alive(keys)
    people = _people({visit.user_id for visit in visits if visit.user_id is not None})
    found: dict[Visit, Person] = {}
    for visit in visits:
        person = people.get(visit.user_id) if visit.user_id is not None else AnonymousUser()
        if person is not None and (not visit.key or visit.key in alive) and _holds(visit, person):
            found[visit] = person
    return found


def _alive(keys: Collection[str]) -> set[str]:
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return set(rows.values_list("session_key", flat=True))


def _people(ids: Collection[int]) -> dict[int, User]:
    people = second_factor.knowing_whether(User.objects.filter(pk__in=ids, is_active=True))
    return {user.pk: user for user in people}


def _holds(visit: Visit, person: Person) -> bool:
    """The session's hash covers the password and the person's session epoch: when either changes, it is over."""
    if not isinstance(person, User):
        return True
    if second_factor.must_show(person) and visit.second_factor != person.public_id:
        return False
    return constant_time_compare(person.get_session_auth_hash(), visit.auth_hash)
