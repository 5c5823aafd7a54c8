"""The verbs of personal information: ask for the erasure of one's account, and carry it out by the clock."""

from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import override

from marketplace.accounts import leaving
from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Expected, Refusal
from marketplace.kernel.verdicts import SYSTEM, require
from marketplace.privacy import erasing, policy, queries

log = structlog.get_logger(__name__)

ERASURE_AFTER = timedelta(hours=12)
"""So long the operator can still open an account again that was closed by mistake or by somebody else's hand."""
HOURS = ERASURE_AFTER // timedelta(hours=1)
DAY = timedelta(days=1)


def ask_for_erasure(*, actor: User) -> User:
    """Close one's own account, at once and everywhere; it is erased after ERASURE_AFTER. Raises Refusal.

    A letter says so: whoever did not ask for it can turn to the operator until then.
    """
    with transaction.atomic():
        person = queries.locked(actor)
        allowed = require(policy.may_ask(person))
        leaving.close_for_erasure(person, by=allowed)
        _write(person)
    return person


def order_erasure(*, user: User) -> bool:
    """The operator's word for somebody who can no longer sign in; False where it was given before. Raises Refusal."""
    with transaction.atomic():
        person = queries.locked(user)
        _refuse_bound(person)
        return leaving.close_for_erasure(person, by=SYSTEM)


def erase(*, user: User) -> None:
    """Leave nothing of somebody but their public id, by which what they did stays theirs (I29). Raises Refusal.

    What is under way is asked for again. The trail, the ledger and every decision hold as before: they name ids.
    """
    with transaction.atomic():
        person = queries.locked(user)
        if person.erased_at is not None:
            return
        _refuse_bound(person)
        leaving.close_for_erasure(person, by=SYSTEM)
        leaving.leave_everywhere(person)
        erasing.carry_out(person)
        leaving.mark_erased(person, by=SYSTEM)


def erase_due() -> int:
    """Erase the accounts whose time has come, each by itself, and wipe what was deleted; returns how many."""
    done = 0
    for person in leaving.waiting_for_erasure().filter(erasure_asked_at__lte=clock.now() - ERASURE_AFTER):
        try:
            erase(user=person)
            done += 1
        except Expected as held:
            log.warning("account not erased", person=person.public_id, why=str(held))
    if done or User.objects.filter(erased_at__gt=clock.now() - DAY).exists():
        erasing.wipe()
    return done


def _refuse_bound(person: User) -> None:
    bound = policy.bonds(person)
    if bound:
        raise Refusal(" ".join(map(str, bound)))


def _write(person: User) -> None:
    """In the person's own language, to the address they have for a few hours more."""
    with override(person.language):
        said = {"person": person, "hours": HOURS, "contact": settings.OPERATOR["contact"]}
        subject = " ".join(render_to_string("privacy/mail/asked_subject.txt", said).split())
        body = render_to_string("privacy/mail/asked.txt", said)
    send_mail(subject, body, None, [person.email])
