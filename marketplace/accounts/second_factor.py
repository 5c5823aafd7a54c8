"""Who must show a second factor besides the password, and whether a session has (GB/T 22239 8.1.4.1 d).

Whoever holds an office, judges, or has set a second factor up shows one in each session; until then the session opens
nothing but the pages where that is done (`web/second_factor.py`) and no socket (`realtime/visits.py`).
See docs/decisions/0008-second-factor.md.
"""

from collections.abc import Callable, Mapping
from functools import cache, reduce
from operator import or_
from typing import Any, cast

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils.module_loading import import_string

from marketplace.accounts import devices, events, services
from marketplace.accounts.models import RoleGrant, User
from marketplace.accounts.roles import ActingAs
from marketplace.kernel.verdicts import Allowed
from marketplace.outbox.record import record

Reason = Callable[[], Exists]
"""Why somebody must: a condition on rows of people, which `OuterRef("pk")` names."""

SHOWN_BY = "second_factor"
"""Under this name a session holds the public id of the person who has shown a second factor in it."""


def knowing_whether(people: QuerySet[User]) -> QuerySet[User]:
    """These people, each with `must_show_second_factor`, in the one query that reads them."""
    must = Q(_having_set_one_up()) | _asked()
    return people.annotate(must_show_second_factor=must)  # type: ignore[no-redef]  # declared in the model for the rest


def must_show(person: User) -> bool:
    """Whether this person's sessions must show a second factor; asked of the database where nobody has yet."""
    if person.must_show_second_factor is None:
        person.must_show_second_factor = (
            knowing_whether(User.objects.filter(pk=person.pk)).get().must_show_second_factor
        )
    return bool(person.must_show_second_factor)


def is_required_of(person: User) -> bool:
    """Whether this person is obliged to have one: by an office or a seat on a panel."""
    return User.objects.filter(_asked(), pk=person.pk).exists()


def has_shown(session: Mapping[str, Any], person: User) -> bool:
    """Whether this very person has shown a second factor in this session."""
    return session.get(SHOWN_BY) == person.public_id


def is_set_up(person: User) -> bool:
    """Whether the person has an authenticator app, a passkey or a security key."""
    return strong(Authenticator.objects.filter(user=person)).exists()


def strong(rows: QuerySet[Authenticator]) -> QuerySet[Authenticator]:
    """Those of these authenticators that count by themselves: recovery codes only stand in for another."""
    return rows.exclude(type=Authenticator.Type.RECOVERY_CODES)


def note_shown(request: HttpRequest, user: User, **_signal: Any) -> None:
    """The person has just shown a second factor in this session: a code, a key, or one of the recovery codes."""
    request.session[SHOWN_BY] = user.public_id


def note_added(request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    """Setting an authenticator up shows it, with a code that is thereby used; recovery codes show nothing."""
    if authenticator.type == Authenticator.Type.TOTP:
        _use_up_code(authenticator)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        note_shown(request, user)


def note_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    """Other sessions may have begun with the one that is gone: they end. Without any, nothing is shown here either.

    Recovery codes go with the last one, which has said all of this already.
    """
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    devices.go_on_alone(request, services.end_sessions(actor=user))
    if not is_set_up(user):
        request.session.pop(SHOWN_BY, None)


def take_all_away(person: User, *, by: Allowed) -> None:
    """Forget every authenticator and the recovery codes of somebody who lost them, and end their sessions (I21).

    For the verbs that have found out who they are (`marketplace.administration.resetting`): whoever must show one sets
    another up at the next sign-in. Inside the caller's transaction.
    """
    rows = Authenticator.objects.filter(user=person)
    rows._raw_delete(rows.db)  # noqa: SLF001  # the only deletion without a signal: their owner did not take them away
    services.end_all_sessions(person)
    record(events.SecondFactorReset.of(person), by=by)


def state_set_up(instance: Authenticator, *, created: bool, **_signal: Any) -> None:
    """An authenticator of one's own is a fact (Django's signal, so that it is stated with the row)."""
    if created:
        _state(events.SecondFactorSetUp, instance)


def state_taken_away(instance: Authenticator, **_signal: Any) -> None:
    """Taking an authenticator away is a fact too."""
    _state(events.SecondFactorTakenAway, instance)


def holding_office() -> Exists:
    """A role granted for now or later. Real time: the demo's clock gives nobody a way around."""
    grants = RoleGrant.objects.filter(user=OuterRef("pk"))
    return Exists(grants.filter(Q(valid_until=None) | Q(valid_until__gt=Now())))


def _having_set_one_up() -> Exists:
    """An authenticator of one's own: then no session does without it, even one begun before."""
    return Exists(strong(Authenticator.objects.filter(user=OuterRef("pk"))))


def _use_up_code(app: Authenticator) -> None:
    """The library remembers codes that signed somebody in, and not the one that set the app up."""
    secret = get_adapter().decrypt(app.data["secret"])
    for counter in yield_hotp_counters_from_time():
        app.wrap().validate_code(format_hotp_value(hotp_value(secret, counter)))


def _state(fact: type[events.PersonChanged], row: Authenticator) -> None:
    if row.type != Authenticator.Type.RECOVERY_CODES:
        with transaction.atomic():
            record(fact.of(row.user), by=Allowed(row.user.public_id, ActingAs.USER))


def _asked() -> Q:
    return reduce(or_, (Q(reason()) for reason in _reasons()))


@cache
def _reasons() -> tuple[Reason, ...]:
    return tuple(cast(Reason, import_string(path)) for path in settings.SECOND_FACTOR_FOR)
