"""Letters: Django's mail backend that writes them as rows, and the sending of what is due.

A mail server that is away neither fails a page nor loses a letter. Sending lives in real time.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.db.models import F
from django.utils import timezone

from marketplace.notices.models import Letter
from marketplace.notices.recipients import still_concerned

log = structlog.get_logger(__name__)

BATCH = 50
LEASE = timedelta(minutes=2)
"""How long one sending may take; longer than the transport's own patience (EMAIL_TIMEOUT)."""
REFUSALS = 8
"""So often the server may say no before a person has to look."""
DOUBTS = 2
"""So often a letter may leave without our hearing how it ended: nobody gets a third."""
LONGEST_PAUSE = timedelta(hours=2)
AWAY = timedelta(seconds=30)
KEEP = timedelta(days=30)


class QueueBackend(BaseEmailBackend):
    """`settings.EMAIL_BACKEND`: every mail of Django and allauth becomes a row in the current transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write one letter per recipient; returns how many messages were taken.

        Raises BadHeaderError for a line break in a header and ValueError for an attachment, which no letter has.
        """
        letters = [_letter(message, to) for message in email_messages for to in message.recipients()]
        Letter.objects.bulk_create(letters)
        return len(email_messages)


def send_due(*, limit: int = BATCH) -> int:
    """Send what is due through `settings.MAIL_TRANSPORT`; returns how many left.

    While the server is away nothing counts against a letter: all wait, as long as it takes. A letter is claimed
    before it leaves; if the process dies in between, it leaves once more after the lease.
    """
    due = Letter.objects.filter(state=Letter.State.WAITING, due_at__lte=timezone.now()).order_by("due_at", "pk")
    ids = list(due.values_list("pk", flat=True)[:limit])
    if not ids:
        return 0
    transport = get_connection(settings.MAIL_TRANSPORT)
    try:
        transport.open()
    except Exception as failure:  # noqa: BLE001  # whatever keeps the server away, the letters wait
        log.warning("mail server away", why=repr(failure), letters=len(ids))
        Letter.objects.filter(pk__in=ids).update(due_at=timezone.now() + AWAY, last_error=repr(failure)[:2000])
        return 0
    return _send_all(ids, transport)


def prune() -> int:
    """Forget letters sent over 30 days ago: they hold links that are nobody's business any more."""
    return Letter.objects.filter(state=Letter.State.SENT, sent_at__lt=timezone.now() - KEEP).delete()[0]


def _letter(message: EmailMessage, to: str) -> Letter:
    message.message()
    if message.attachments:
        raise ValueError("A letter has no attachments.")
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


def _send_all(ids: list[int], transport: BaseEmailBackend) -> int:
    sent = 0
    for pk in ids:
        letter = _claimed(pk)
        if letter is None:
            continue
        try:
            _hand_over(letter, transport)
        except (SMTPResponseException, SMTPRecipientsRefused) as refusal:
            _refused(letter, refusal)
        except Exception as failure:  # noqa: BLE001  # the line broke: how this one ended nobody knows
            _unheard(letter, failure)
            break
        else:
            sent += 1
    with suppress(Exception):
        transport.close()
    return sent


def _claimed(pk: int) -> Letter | None:
    """The letter, leased to this process; None if another has it, or it must not leave."""
    now = timezone.now()
    free = Letter.objects.filter(pk=pk, state=Letter.State.WAITING, due_at__lte=now)
    if not free.update(due_at=now + LEASE, attempts=F("attempts") + 1, doubts=F("doubts") + 1):
        return None
    letter = Letter.objects.select_related("notice__fact").get(pk=pk)
    if letter.doubts > DOUBTS:
        _park(letter, "It left twice without our hearing how that ended.")
        return None
    if letter.notice is not None and not still_concerned(letter.notice):
        _park(letter, "Whoever it was for may no longer be told.")
        return None
    return letter


def _hand_over(letter: Letter, transport: BaseEmailBackend) -> None:
    message = EmailMultiAlternatives(letter.subject, letter.body, letter.sender, [letter.to], connection=transport)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    message.send()
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT, sent_at=timezone.now(), last_error="")


def _refused(letter: Letter, refusal: Exception) -> None:
    """The server said no, so it has not taken it."""
    log.warning("letter refused", letter=letter.pk, attempts=letter.attempts, why=type(refusal).__name__)
    if letter.attempts >= REFUSALS:
        _park(letter, repr(refusal))
        return
    pause = min(timedelta(seconds=15 * 2**letter.attempts), LONGEST_PAUSE)
    Letter.objects.filter(pk=letter.pk).update(
        due_at=timezone.now() + pause, doubts=F("doubts") - 1, last_error=repr(refusal)[:2000]
    )


def _unheard(letter: Letter, failure: Exception) -> None:
    log.warning("letter perhaps sent", letter=letter.pk, attempts=letter.attempts, why=type(failure).__name__)
    Letter.objects.filter(pk=letter.pk).update(due_at=timezone.now() + AWAY, last_error=repr(failure)[:2000])


def _park(letter: Letter, why: str) -> None:
    log.error("letter parked", letter=letter.pk, why=why)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.PARKED, last_error=why[:2000])
