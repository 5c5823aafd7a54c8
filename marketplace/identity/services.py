"""The verbs of real names: say who one is, compare it with the document, return it, revoke it."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.identity import events, policy, queries, scans
from marketplace.identity.documents import Document
from marketplace.identity.lifecycle import STEPS, RealNameState
from marketplace.identity.models import RealNameVerification
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal, Stale
from marketplace.kernel.lifecycle import move
from marketplace.kernel.verdicts import SYSTEM, Allowed, require
from marketplace.outbox.record import record
from marketplace.registry.models import Region
from marketplace.vault import services as files


@dataclass(frozen=True, kw_only=True)
class Application:
    """What somebody says of themselves: the name on the document, the document, and where they live."""

    name: str
    document: Document
    region: Region


def apply_for_verification(*, actor: User, application: Application) -> RealNameVerification:
    """Say who one is, with consent that it is kept (H29). Raises Refusal, or Stale for two windows at once.

    While it waits it can be said anew. That somebody else has the same document is not told here: it would tell
    strangers who is registered.
    """
    try:
        with transaction.atomic():
            before = queries.of(actor)
            allowed = require(policy.may_apply(actor, before))
            row = _again(before, application) if before else _first(actor, application)
            record(events.RealNameAppliedFor.of(row), by=allowed)
    except IntegrityError as two_at_once:
        raise Stale(None) from two_at_once
    return row


def verify(*, public_id: str, actor: User, number_read: str, version: int | None = None) -> RealNameVerification:
    """Confirm the name after reading the number from the document itself. Raises Refusal, Stale or NotFound.

    The officer is not shown the number that was typed: only one that was read can agree with it. Another number is a
    fact, which stays; after a few of them it can only be sent back.
    """
    with transaction.atomic():
        row = queries.locked(public_id, version)
        allowed = require(policy.may_compare(actor, row))
        if row.state != RealNameState.PENDING:
            raise Stale(row)
        require(policy.may_try(row, allowed))
        against = _objection(row, number_read)
        if against is None:
            _confirm(row, allowed)
        else:
            record(against.fact.of(row), by=allowed)
    if against is not None:
        raise Refusal(against.sentence, field="number_read")
    return row


def return_application(*, public_id: str, actor: User, reason: str, version: int | None = None) -> RealNameVerification:
    """Send it back with what has to be corrected. Raises Refusal, Stale or NotFound."""
    with transaction.atomic():
        row = queries.locked(public_id, version)
        allowed = require(policy.may_compare(actor, row))
        if not reason.strip():
            raise Refusal(_("Please say what has to be corrected; the person will read it."), field="reason")
        move(row, STEPS["return"], reason=reason.strip())
        record(events.RealNameReturned.of(row), by=allowed)
    return row


def revoke(*, user: User, reason: str) -> RealNameVerification:
    """Take a verification back that turned out to be wrong; the operator's verb. Raises Refusal."""
    with transaction.atomic():
        own = queries.of(user)
        if own is None or own.state != RealNameState.VERIFIED:
            raise Refusal(_("Only a verified real name can be revoked."))
        if not reason.strip():
            raise Refusal(_("Please give the reason; the person will read it."), field="reason")
        row = queries.locked(own.public_id)
        move(row, STEPS["revoke"], reason=reason.strip())
        record(events.RealNameRevoked.of(row), by=SYSTEM)
    return row


def _first(actor: User, application: Application) -> RealNameVerification:
    columns = RealNameVerification.columns(application.name, application.document)
    return RealNameVerification.objects.create(user=actor, region=application.region, **columns)


def _again(before: RealNameVerification, application: Application) -> RealNameVerification:
    columns = RealNameVerification.columns(application.name, application.document)
    moment = clock.now()
    move(before, STEPS["say_again"], region=application.region, applied_at=moment, consented_at=moment, **columns)
    return before


@dataclass(frozen=True)
class Objection:
    """Why the number that was read does not verify; a fact, and a sentence for the officer."""

    fact: type[events.RealNameEvent]
    sentence: Promise


def _objection(row: RealNameVerification, number_read: str) -> Objection | None:
    """Whether another account has the document is told only to whoever has read its number, and without a name."""
    if not row.bears(number_read):
        return Objection(
            events.RealNameNumberDiffered, _("This is not the number that was typed. Read it again, or send it back.")
        )
    if queries.is_verified_elsewhere(row):
        return Objection(
            events.RealNameDocumentTaken, _("Another account is verified with this document. Send it back, and say so.")
        )
    return None


def _confirm(row: RealNameVerification, allowed: Allowed) -> None:
    """At most one account a document; the database keeps that between two officers too. The scans have served."""
    try:
        with transaction.atomic():
            move(row, STEPS["verify"], reason="")
    except IntegrityError as two_at_once:
        raise Stale(row) from two_at_once
    record(events.RealNameVerified.of(row), by=allowed)
    files.clear(code=scans.CODE, holder=row.public_id, by=allowed)
