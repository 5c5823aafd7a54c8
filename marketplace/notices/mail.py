"""Letters: Django's mail backend that writes them as rows, and the sending of what is due.

A mail server that is away neither fails a page nor loses a letter. Sending lives in real time.
"""

from collections.abc import Sequence
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from marketplace.notices.models import Letter

log = structlog.get_logger(__name__)

BATCH = 50
LEASE = timedelta(minutes=10)
ATTEMPTS = 10
LONGEST_PAUSE = timedelta(hours=2)


class QueueBackend(BaseEmailBackend):
    """`settings.EMAIL_BACKEND`: every mail of Django and allauth becomes a row in the current transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write one letter per recipient; returns how many messages were taken."""
        letters = [_letter(message, to) for message in email_messages for to in message.recipients()]
        Letter.objects.bulk_create(letters)
        return len(email_messages)


def send_due(*, limit: int = BATCH) -> int:
    """Send what is due through `settings.MAIL_TRANSPORT`; a failed letter waits longer each time. Returns how many.

    A letter is claimed before it is sent: if the process dies in between, it goes out once more, after the lease.
    """
    claimed = _claim(limit)
    if not claimed:
        return 0
    transport = get_connection(settings.MAIL_TRANSPORT)
    return sum(_send(letter, transport) for letter in claimed)


def _letter(message: EmailMessage, to: str) -> Letter:
    alternatives = getattr(message, "alternatives", None) or []
    html = next((str(content) for content, kind in alternatives if kind == "text/html"), "")
    return Letter(
        to=to,
        subject=str(message.subject)[:300],
        body=str(message.body),
        html=html,
        sender=message.from_email,
        due_at=timezone.now(),
    )


def _claim(limit: int) -> list[Letter]:
    now = timezone.now()
    due = Letter.objects.filter(state=Letter.State.WAITING, due_at__lte=now).order_by("pk")
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        ids = list(due.values_list("pk", flat=True)[:limit])
        Letter.objects.filter(pk__in=ids).update(due_at=now + LEASE, attempts=F("attempts") + 1)
    return list(Letter.objects.filter(pk__in=ids).order_by("pk"))


def _send(letter: Letter, transport: BaseEmailBackend) -> bool:
    message = EmailMultiAlternatives(letter.subject, letter.body, letter.sender, [letter.to], connection=transport)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except Exception as failure:  # noqa: BLE001  # whatever the server says, the letter stays and is tried again
        _postpone(letter, failure)
        return False
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT, sent_at=timezone.now(), last_error="")
    return True


def _postpone(letter: Letter, failure: Exception) -> None:
    log.warning("letter not sent", letter=letter.pk, attempts=letter.attempts, why=type(failure).__name__)
    parked = letter.attempts >= ATTEMPTS
    pause = min(timedelta(seconds=15 * 2**letter.attempts), LONGEST_PAUSE)
    Letter.objects.filter(pk=letter.pk).update(
        state=Letter.State.PARKED if parked else Letter.State.WAITING,
        due_at=timezone.now() + pause,
        last_error=repr(failure)[:2000],
    )
