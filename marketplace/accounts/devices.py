"""Where a person is signed in: one row a session, with what its browser said of itself when it began.

Not `allauth.usersessions`: at each sign-in it asks three questions for every session there is, and of two sign-ins at
once the second deletes the row of the first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from marketplace.accounts.models import LONGEST_AGENT, Device, User
from marketplace.kernel.errors import NotFound

MOST = 20
"""Devices on which one person is signed in; once more, and the one on which it was longest ago is signed out."""
REMEMBERED_AS = "device"
"""Under this name a session holds the id of its row, which stays when the session's key changes."""


@dataclass(frozen=True)
class SignedIn:
    """A device as its owner sees it; `is_this` is the one they are looking with."""

    public_id: str
    browser: str
    system: str
    ip: str | None
    since: datetime
    is_this: bool


def remember(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Note the device that was just signed in with (Django's signal); a session kept elsewhere could not be ended."""
    if not isinstance(request.session, SessionStore):
        return
    agent = request.headers.get("user-agent", "")[:LONGEST_AGENT].replace("\0", "")
    _forget_ended(user.devices.all())
    before = sorted(_holding(user), key=attrgetter("pk"), reverse=True)
    made = Device.objects.create(
        user=user, session_key=request.session.session_key or "", user_agent=agent, ip=_address(request)
    )
    request.session[REMEMBERED_AS] = made.public_id
    for old in before[MOST - 1 :]:
        _end(old)


def follow(request: HttpRequest, user: User, **_signal: Any) -> None:
    """The session of this request goes on under another key."""
    named = user.devices.filter(public_id=request.session.get(REMEMBERED_AS, ""))
    named.update(session_key=request.session.session_key or "")


def devices_of(person: User, *, session_key: str) -> list[SignedIn]:
    """Where the person is signed in now, in two queries: first this session's device, then the latest."""
    found = [_seen(row, session_key) for row in _holding(person)]
    return sorted(found, key=lambda one: (not one.is_this, -one.since.timestamp()))


def end_device(person: User, public_id: str) -> None:
    """Sign this device out, sockets and all. Raises NotFound unless it is the person's."""
    found = person.devices.filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    _end(found)


def forget_ended() -> int:
    """Delete sessions that are over and what is known of their devices; returns how many devices."""
    SessionStore.clear_expired()
    return _forget_ended(Device.objects.all())


def _forget_ended(rows: QuerySet[Device]) -> int:
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    return rows.filter(~Exists(alive)).delete()[0]


def _holding(person: User) -> Iterable[Device]:
    """Devices whose session is not over and began under today's password and epoch."""
    rows = {row.session_key: row for row in person.devices.all()}
    kept = Session.objects.filter(session_key__in=rows, expire_date__gt=timezone.now())
    proof = person.get_session_auth_hash()
    for session in kept:
        if constant_time_compare(str(session.get_decoded().get(HASH_SESSION_KEY, "")), proof):
            yield rows[session.session_key]


def _end(device: Device) -> None:
    Session.objects.filter(session_key=device.session_key).delete()
    device.delete()


def _seen(row: Device, session_key: str) -> SignedIn:
    from ua_parser import parse  # its patterns weigh several megabytes and one page wants them

    said = parse(row.user_agent)
    browser = said.user_agent.family if said.user_agent else ""
    system = said.os.family if said.os else ""
    return SignedIn(row.public_id, browser, system, row.ip, row.since, row.session_key == session_key)


def _address(request: HttpRequest) -> str | None:
    """Where the request came from, as the throttle counts it; None where that cannot be told."""
    try:
        return str(get_adapter().get_client_ip(request)) if request.META.get("REMOTE_ADDR") else None
    except PermissionDenied:
        return None
