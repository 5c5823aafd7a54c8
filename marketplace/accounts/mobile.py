"""A mobile number as a further name to sign in with: asked for, proved by a code, taken away.

Part of the services. A number that is somebody else's is answered as any other; what differs is the text message, which
only the owner of the number reads (docs/decisions/0011-the-doors.md).
"""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.accounts import events, policy
from marketplace.accounts.models import PhoneCode, PhoneNumber, User
from marketplace.accounts.sms import Text
from marketplace.kernel.concealing import fingerprint
from marketplace.kernel.errors import Refusal
from marketplace.kernel.verdicts import Allowed, require
from marketplace.outbox.record import record

GOOD_FOR = timedelta(minutes=10)
"""How long a code is good, in real time."""
TRIES = 5
"""So many codes are compared with it; after that it is void."""
DIGITS = 6


def number_of(person: User) -> PhoneNumber | None:
    """The number the person signs in with."""
    return PhoneNumber.objects.filter(user=person).first()


def asked_of(person: User) -> PhoneCode | None:
    """The code the person still can type."""
    return PhoneCode.objects.filter(user=person, valid_until__gt=timezone.now(), tries__lt=TRIES).first()


def ask(*, actor: User, number: str) -> Text:
    """Make a code for this number in E.164; the one before it is void. Returns the message to be sent after the commit.

    Where somebody else signs in with the number, the message says so and the code is told to nobody. Raises Refusal.
    """
    with transaction.atomic():
        require(policy.signed_in(actor))
        User.objects.select_for_update().get(pk=actor.pk)
        owner = PhoneNumber.objects.filter(number=number).values_list("user_id", flat=True).first()
        if owner == actor.pk:
            raise Refusal(_("You sign in with this number already."), field="number")
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        kept = {"number": number, "digest": _digest(actor, number, code), "tries": 0}
        PhoneCode.objects.update_or_create(user=actor, defaults={**kept, "valid_until": timezone.now() + GOOD_FOR})
    return _message(actor, number, "" if owner else code)


def prove(*, actor: User, code: str) -> PhoneNumber:
    """The person has read the message, so the number signs them in, instead of the one before it.

    Raises Refusal: for a code that is wrong, which counts, or over; and where somebody else was faster with the number.
    """
    with transaction.atomic():
        allowed = require(policy.signed_in(actor))
        User.objects.select_for_update().get(pk=actor.pk)
        asked = asked_of(actor)
        right = asked is not None and _compared(asked, code)
        entered = _entered(asked, allowed) if asked is not None and right else None
    if asked is None:
        raise Refusal(_("This code is over. Please ask for another one."))
    if not right:
        raise Refusal(_("This code is not right."), field="code")
    if entered is None:
        raise Refusal(_("Somebody else signs in with this number."))
    return entered


def take_away(*, actor: User) -> None:
    """The number no longer signs the person in; sessions that began with it go on. Raises Refusal."""
    with transaction.atomic():
        allowed = require(policy.signed_in(actor))
        PhoneCode.objects.filter(user=actor).delete()
        gone, _rows = PhoneNumber.objects.filter(user=actor).delete()
        if gone:
            record(events.PhoneRemoved.of(actor), by=allowed)


def forget_codes() -> int:
    """Forget codes that are over, and with them numbers that nobody proved; returns how many."""
    return PhoneCode.objects.filter(valid_until__lte=timezone.now()).delete()[0]


def _compared(asked: PhoneCode, code: str) -> bool:
    asked.tries += 1
    asked.save(update_fields=["tries"])
    return constant_time_compare(asked.digest, _digest(asked.user, asked.number, code))


def _entered(asked: PhoneCode, allowed: Allowed) -> PhoneNumber | None:
    """None where the number is somebody else's by now: the database lets one through."""
    asked.delete()
    try:
        with transaction.atomic():
            values = {"number": asked.number, "verified_at": timezone.now()}
            made, _new = PhoneNumber.objects.update_or_create(user=asked.user, defaults=values)
    except IntegrityError:
        return None
    record(events.PhoneVerified.of(asked.user), by=allowed)
    return made


def _digest(person: User, number: str, code: str) -> str:
    """What is kept of a code: without the platform's secret a million tries would tell it."""
    return fingerprint(f"{person.public_id}:{number}:{code}", purpose="code of a mobile number")


def _message(person: User, number: str, code: str) -> Text:
    with override(person.language):
        if code:
            said = _("%(code)s is your code for %(site)s, good for ten minutes. Tell it to nobody.")
        else:
            said = _(
                "Somebody wanted to add this number to an account of %(site)s. It already belongs to an account: "
                "if both are yours, remove it there first."
            )
        text = said % {"code": code, "site": _("Zhongyan")}
    return Text(to=number, text=text, code=code, aside=person.email)
