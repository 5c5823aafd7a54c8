"""Where a person is signed in: one row a session, with what its browser said of itself when it began.

A row outlasts its session: who signed in when and from where is a security log, kept for settings.SECURITY_LOG_DAYS
(网络安全法 art. 21) and then forgotten.

Not `allauth.usersessions`: at each sign-in it asks three questions for every session there is, and of two sign-ins at
once the second deletes the row of the first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
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


def go_on_alone(request: HttpRequest, person: User) -> None:
    """This session goes on, under another key, after all sessions of the person were ended.

    At once: between the two another tab would be out.
    """
    with transaction.atomic():
        update_session_auth_hash(request, person)
        request.session.save()
        follow(request, person)


def forget_ended() -> int:
    """Delete sessions that are over, and sign-ins as old as a security log must be; returns how many sign-ins."""
    SessionStore.clear_expired()
    kept_from = timezone.now() - timedelta(days=settings.SECURITY_LOG_DAYS)
    return Device.objects.filter(~_alive(), since__lt=kept_from).delete()[0]


def _alive() -> Exists:
    return Exists(Session.objects.filter(session_key=OuterRef("session_key")))


def _holding(person: User) -> Iterable[Device]:
    """Devices whose session is not over and began under today's password and epoch."""
    rows = {row.session_key: row for row in person.devices.filter(_alive())}
    kept = Session.objects.filter(session_key__in=rows, expire_date__gt=timezone.now())
    proof = person.get_session_auth_hash()
    for session in kept:
        if constant_time_compare(str(session.get_decoded().get(HASH_SESSION_KEY, "")), proof):
            yield rows[session.session_key]


def _end(device: Device) -> None:
    """The session goes, the sign-in stays on record."""
    Session.objects.filter(session_key=device.session_key).delete()


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
