"""Letters: written with the change, sent by a job, never lost while the server is away, never sent thrice (I24)."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.core.mail.backends.locmem import EmailBackend as Locmem
from django.core.mail.message import BadHeaderError
from django.db import transaction
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.notices import jobs, mail
from marketplace.notices.models import Letter
from tests import factories, relay
from tests.hands import together

LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class AwayBackend(Locmem):
    """A mail server that does not answer."""

    def open(self) -> bool:
        raise ConnectionRefusedError("away")


class RefusingBackend(Locmem):
    """A mail server that says no to every letter."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPDataError(554, b"no")


class BreakingBackend(Locmem):
    """A mail server that takes every letter and dies before it says so."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise SMTPServerDisconnected("gone")


def through(settings: Any, backend: type | str) -> None:
    """Let letters leave through this transport from now on."""
    name = backend if isinstance(backend, str) else f"{__name__}.{backend.__name__}"
    settings.MAIL_TRANSPORT = name


def letters(number: int = 1) -> None:
    for count in range(number):
        send_mail(f"第 {count} 封", "正文", None, [f"reader{count}@example.org"])


def due_again() -> None:
    Letter.objects.filter(state="WAITING").update(due_at=timezone.now())


@pytest.mark.django_db
def test_a_mail_is_a_row_in_the_transaction_of_the_change_it_tells_of() -> None:
    with transaction.atomic():
        letters()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    message = EmailMultiAlternatives("主题", "正文", "a@example.org", ["b@example.org"], bcc=["c@example.org"])
    message.attach_alternative("<p>正文</p>", "text/html")
    message.send()
    assert set(Letter.objects.values_list("to", "subject", "body", "html", "sender")) == {
        (to, "主题", "正文", "<p>正文</p>", "a@example.org") for to in ("b@example.org", "c@example.org")
    }


@pytest.mark.django_db
def test_a_forged_header_and_an_attachment_are_refused_at_once() -> None:
    with pytest.raises(BadHeaderError):
        send_mail("主题\nBcc: x@example.org", "正文", None, ["b@example.org"])
    message = EmailMessage("主题", "正文", None, ["b@example.org"])
    message.attach("a.txt", "text")
    with pytest.raises(ValueError, match="attachments"):
        message.send()
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_a_letter_leaves_once(settings: Any) -> None:
    letters(3)
    assert jobs.send_letters() == 3
    assert jobs.send_letters() == 0
    assert [message.to for message in outbox.outbox] == [[f"reader{count}@example.org"] for count in range(3)]
    assert set(Letter.objects.values_list("state", "attempts")) == {("SENT", 1)}


@pytest.mark.django_db
def test_while_the_server_is_away_letters_wait_as_long_as_it_takes(settings: Any) -> None:
    letters(2)
    through(settings, AwayBackend)
    for _try in range(30):
        assert jobs.send_letters() == 0
        due_again()
    assert set(Letter.objects.values_list("state", "attempts")) == {("WAITING", 0)}
    through(settings, LOCMEM)
    assert jobs.send_letters() == 2


@pytest.mark.django_db
def test_a_letter_the_server_refuses_waits_longer_each_time_and_is_parked_for_a_person(settings: Any) -> None:
    letters()
    through(settings, RefusingBackend)
    pauses = []
    for _try in range(mail.REFUSALS):
        before = timezone.now()
        assert jobs.send_letters() == 0
        letter = Letter.objects.get()
        pauses.append(letter.due_at - before)
        due_again()
    assert pauses[:-1] == sorted(pauses[:-1])
    assert (letter.state, letter.attempts) == ("PARKED", mail.REFUSALS)
    assert jobs.send_letters() == 0


@pytest.mark.django_db
def test_a_letter_whose_end_nobody_heard_leaves_twice_and_never_a_third_time(settings: Any) -> None:
    letters()
    through(settings, BreakingBackend)
    for _try in range(5):
        jobs.send_letters()
        due_again()
    assert len(outbox.outbox) == 2
    assert Letter.objects.get().state == "PARKED"


@pytest.mark.django_db
def test_a_process_that_dies_while_sending_leaves_the_letter_to_the_next(settings: Any) -> None:
    letters()
    now = timezone.now()
    Letter.objects.update(due_at=now + mail.LEASE, attempts=1, doubts=1)
    assert jobs.send_letters() == 0
    Letter.objects.update(due_at=now)
    assert jobs.send_letters() == 1


@pytest.mark.django_db
def test_a_letter_waiting_for_a_server_is_not_sent_to_somebody_locked_out_meanwhile(settings: Any) -> None:
    mine = factories.submitted_proposal(factories.open_challenge())
    relay.drain()
    User.objects.filter(pk=mine.author.pk).update(is_active=False)
    jobs.send_letters()
    assert Letter.objects.get(to=mine.author.email).state == "PARKED"
    assert mine.author.email not in {message.to[0] for message in outbox.outbox}


@pytest.mark.django_db
def test_every_notification_has_exactly_one_letter(settings: Any) -> None:
    factories.submitted_proposal(factories.open_challenge())
    relay.drain()
    assert Letter.objects.exclude(notice=None).count() == Letter.objects.count() > 5
    assert jobs.send_letters() == Letter.objects.count() == len(outbox.outbox)


@pytest.mark.django_db
def test_letters_sent_long_ago_are_forgotten_and_notices_stay(settings: Any) -> None:
    factories.submitted_proposal(factories.open_challenge())
    relay.drain()
    jobs.send_letters()
    Letter.objects.update(sent_at=timezone.now() - mail.KEEP - timedelta(days=1))
    letters()
    assert jobs.prune() > 5
    assert Letter.objects.get().state == "WAITING"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once(settings: Any) -> None:
    letters(12)
    assert sum(together(jobs.send_letters, jobs.send_letters)) == 12
    assert len({message.to[0] for message in outbox.outbox}) == len(outbox.outbox) == 12
