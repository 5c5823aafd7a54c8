"""The verbs of diagnosis: ask an expert, open the draft, comment."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.kernel.verdicts import require
from marketplace.outbox.record import record
from tasks import events
from tasks.challenges import queries as challenges
from tasks.diagnosis import policy, queries
from tasks.diagnosis.models import Diagnosis

LONGEST_COMMENT = 5_000


def ask(*, challenge: str, actor: User, expert: str) -> Diagnosis:
    """Show the draft to an expert of the directory, by the entry's public id. Raises Refusal or NotFound."""
    with transaction.atomic():
        draft = challenges.locked(challenge)
        allowed = require(policy.may_ask(actor, draft))
        entry = next((one for one in queries.askable(draft) if one.public_id == expert), None)
        if entry is None or entry.user is None:
            raise Refusal(_("Please choose one of the experts offered."), field="expert")
        row = Diagnosis.objects.create(challenge=draft, expert=entry.user, asked_by=actor)
        record(events.DiagnosisAsked.of(row), by=allowed)
    return row


def open_draft(*, public_id: str, actor: User) -> Diagnosis:
    """Begin to read: from now on the expert neither answers nor judges the challenge. Raises Refusal or NotFound."""
    with transaction.atomic():
        row = queries.locked(public_id)
        allowed = require(policy.may_read(actor, row))
        if row.read_at is None:
            row.read_at = clock.now()
            row.save(update_fields=["read_at"])
            record(events.DiagnosisRead.of(row), by=allowed)
    return row


def comment(*, public_id: str, actor: User, text: str) -> Diagnosis:
    """Write, or write anew, what would make the draft better. Raises Refusal or NotFound."""
    with transaction.atomic():
        row = queries.locked(public_id)
        allowed = require(policy.may_comment(actor, row))
        if not text.strip():
            raise Refusal(_("Please write your comment."), field="text")
        row.comment, row.answered_at = text.strip(), clock.now()
        row.save(update_fields=["comment", "answered_at"])
        record(events.DiagnosisGiven.of(row), by=allowed)
    return row
