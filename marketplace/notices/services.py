"""The verbs of telling: tell, write the letters, mark as read."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from marketplace.accounts import events
from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.verdicts import SYSTEM, Allowed
from marketplace.notices import queries
from marketplace.notices.models import Letter, Notice
from marketplace.notices.recipients import Told, recipients, still_concerned
from marketplace.notices.wording import SAYINGS, SELF
from marketplace.outbox.models import Fact
from marketplace.outbox.record import record
from tasks.challenges import queries as challenges

ONCE = frozenset({"review.locked"})
"""Facts of which one stands for all: "all reviews are locked" is said once, though the last nine facts all show it."""

WRITTEN_ELSEWHERE = frozenset({("person.factor_reset_asked", SELF)})
"""Of these a letter goes to every address of the person, with the change itself."""


def tell(fact: Fact) -> int:
    """Write one notice for each person concerned who has a saying for this fact; told before means told once (I24)."""
    told = [one for one in recipients(fact) if (fact.kind, one.part) in SAYINGS]
    return sum(_tell(fact, one) for one in told)


def write_letters(fact: Fact) -> int:
    """Write the one letter of each notice of this fact that has none yet; returns how many."""
    tell(fact)
    owed = queries.notices().filter(fact=fact, mailed_at=None).select_related("user", "fact")
    written = [notice for notice in owed if (notice.kind, notice.part) not in WRITTEN_ELSEWHERE]
    return sum(_write_letter(notice) for notice in written if still_concerned(notice))


def mark_read(*, actor: User) -> int:
    """Mark everything the person has as read; their other windows are told. Returns how many were unread."""
    with transaction.atomic():
        count = Notice.objects.filter(user=actor, read_at=None).update(read_at=clock.now())
        if count:
            record(events.NoticesRead.of(actor, count=count), by=Allowed(actor.public_id, "USER"))
    return count


def _tell(fact: Fact, told: Told) -> bool:
    if fact.kind in ONCE and _told_before(fact, told):
        return False
    _notice, new = Notice.objects.get_or_create(
        fact=fact,
        user=told.user,
        defaults={
            "kind": fact.kind,
            "part": told.part,
            "challenge": told.challenge,
            "organisation": told.organisation,
            "target": SAYINGS[fact.kind, told.part].target,
            "argument": told.argument,
        },
    )
    if new:
        record(events.PersonNotified.of(told.user, of_fact=fact.pk), by=SYSTEM)
    return new


def _told_before(fact: Fact, told: Told) -> bool:
    """Whether another fact of this kind has told them of this challenge; two relays ask one after the other."""
    assert told.challenge is not None  # noqa: S101  # facts of ONCE are about challenges
    challenges.locked(told.challenge.public_id)
    before = Notice.objects.filter(user=told.user, kind=fact.kind, challenge=told.challenge)
    return before.exclude(fact=fact).exists()


def _write_letter(notice: Notice) -> bool:
    """In one transaction with the mark, so that a notice has exactly one letter however often this runs."""
    with transaction.atomic():
        now = clock.now()
        if not Notice.objects.filter(pk=notice.pk, mailed_at=None).update(mailed_at=now):
            return False
        with override(notice.user.language):
            context = {"notice": notice, "sentence": queries.sentence(notice), "address": _address(notice)}
            subject = " ".join(render_to_string("notices/mail/subject.txt", context).split())  # a header has one line
            body = render_to_string("notices/mail/body.txt", context)
        Letter.objects.create(
            notice=notice,
            to=notice.user.email,
            subject=subject[:300],
            body=body,
            sender=settings.DEFAULT_FROM_EMAIL,
            due_at=timezone.now(),
        )
    return True


def _address(notice: Notice) -> str:
    return settings.SITE_URL.rstrip("/") + notice.address
