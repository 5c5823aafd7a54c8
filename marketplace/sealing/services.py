"""The verbs of sealing: enrol an officer's key, prove its phrase, make a matter's key, join it again."""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel import clock, counting
from marketplace.kernel.concealing import conceal, reveal
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.kernel.lifecycle import move, revise
from marketplace.kernel.verdicts import SYSTEM, require
from marketplace.outbox.record import record
from marketplace.registry.models import Region
from marketplace.sealing import events, keys, phrases, policy, queries
from marketplace.sealing.keys import Cost, Unopenable, WrongPhrase
from marketplace.sealing.lifecycle import STEPS
from marketplace.sealing.models import KeyHalf, MatterKey, OfficerKey

HOUR = timedelta(hours=1)
TRIES_AN_HOUR = 10
PURPOSE = "half of a key"


@dataclass(frozen=True)
class Enrolment:
    """A new key and its phrase, which nobody is told a second time."""

    key: OfficerKey
    phrase: str


@dataclass(frozen=True)
class Unlocked:
    """What an officer's phrase has taken out of their boxes: the parts by the number of their pair."""

    matter: str
    officer: User
    parts: dict[int, bytes]


def enrol(*, actor: User) -> Enrolment:
    """Make a key for an opening officer, in place of the one they had. Raises Refusal, or Stale for two at once.

    What was sealed before is still opened with the earlier key and its phrase.
    """
    phrase, cost, salt = phrases.new_phrase(), Cost(*settings.PHRASE_COST), secrets.token_bytes(keys.SALT)
    pair = keys.new_pair()
    locked = keys.locked(pair.private, phrase, salt, cost)
    try:
        with transaction.atomic():
            allowed = require(policy.may_enrol(actor))
            _replace(actor)
            key = OfficerKey.objects.create(
                officer=actor,
                public_key=_text(pair.public),
                locked_private_key=_text(locked),
                salt=_text(salt),
                passes=cost.passes,
                memory=cost.memory,
            )
            record(events.OfficerKeyEnrolled.of(key), by=allowed)
    except IntegrityError as two_at_once:
        raise Stale(None) from two_at_once
    return Enrolment(key, phrase)


def prove(*, actor: User, phrase: str) -> OfficerKey:
    """Show that the phrase is at hand; from then on, for thirty days, keys are entrusted to this officer.

    Raises Refusal for a wrong phrase or too many tries, NotFound where there is no key.
    """
    require(policy.may_enrol(actor))
    seen = queries.key_in_force(actor)
    if seen is None:
        raise NotFound
    _private(seen, phrase)
    with transaction.atomic():
        key = queries.locked_key(actor)
        allowed = require(policy.may_enrol(actor))
        if key.pk != seen.pk:
            raise Stale(key)
        revise(key, proven_at=clock.now(), reminded_at=None)
        record(events.OfficerKeyProven.of(key), by=allowed)
    return key


def make_key(*, matter: str, region: Region, unfit: Callable[[User], bool]) -> MatterKey:
    """Make the key of a matter and entrust it in halves to the region's officers, within the caller's transaction.

    `unfit` names whom of them nothing may be entrusted to. The private key is forgotten here. Raises Refusal where
    fewer than two officers can hold it.
    """
    holders = queries.able(region, unfit=unfit)
    if len(holders) < queries.ENOUGH:
        raise Refusal(
            _(
                "Proposals could not be sealed: this region needs two opening officers who have typed their pass "
                "phrase within 30 days and have nothing to do with this challenge."
            )
        )
    pair = keys.new_pair()
    key = MatterKey.objects.create(matter=matter, public_key=_text(pair.public))
    halves = keys.parted(pair.private, [b64decode(one.public_key) for one in holders])
    KeyHalf.objects.bulk_create(
        KeyHalf(key=key, holder=holders[half.holder], pair=half.pair, box=_text(half.box)) for half in halves
    )
    return key


def unlock(*, actor: User, matter: str, phrase: str) -> Unlocked:
    """Take an officer's parts of a matter's key out of their boxes.

    Takes most of a second, so no transaction may be open. Raises Refusal for a wrong phrase or too many tries.
    """
    rows = list(queries.halves_of(actor, matter))
    if not rows:
        raise NotFound
    private = {key.pk: _private(key, phrase) for key in {row.holder for row in rows}}
    try:
        return Unlocked(
            matter, actor, {row.pair: keys.unboxed(b64decode(row.box), private[row.holder_id]) for row in rows}
        )
    except Unopenable:
        raise Refusal(_("What was kept of this challenge's key has been changed. Please tell the platform.")) from None


def joined(unlocked: Unlocked) -> bytes | None:
    """The matter's private key, where another officer has handed a part over already; within the caller's transaction.

    Raises Refusal where what comes out is not the key: somebody has changed what was kept.
    """
    key = _unspent(unlocked.matter)
    for other in queries.handed_over(unlocked.matter).exclude(holder__officer=unlocked.officer):
        if other.pair in unlocked.parts:
            private = keys.joined(unlocked.parts[other.pair], b64decode(reveal(other.handed_over, purpose=PURPOSE)))
            if not keys.belongs(private, key.public_bytes):
                raise Refusal(_("What was kept of this challenge's key has been changed. Please tell the platform."))
            return private
    return None


def hand_over(unlocked: Unlocked) -> None:
    """Keep an officer's parts, concealed, until another's join them; within the caller's transaction."""
    now = clock.now()
    for row in queries.halves_of(unlocked.officer, unlocked.matter).select_for_update(of=("self",)):
        row.handed_over = conceal(_text(unlocked.parts[row.pair]), purpose=PURPOSE)
        row.handed_over_at = now
        row.save(update_fields=["handed_over", "handed_over_at"])


def spend(matter: str) -> None:
    """The key was used: nothing of it that was handed over is kept. Within the caller's transaction."""
    MatterKey.objects.filter(matter=matter, spent_at=None).update(spent_at=clock.now())
    KeyHalf.objects.filter(key__matter=matter).update(handed_over="")


def remind() -> int:
    """Tell officers whose proof runs out within a week, each once; returns how many."""
    due = list(queries.proofs_due(clock.now()))
    for seen in due:
        with transaction.atomic():
            revise(seen, reminded_at=clock.now())
            record(events.OfficerProofDue.of(seen), by=SYSTEM)
    return len(due)


def _replace(actor: User) -> None:
    before = queries.key_in_force(actor)
    if before is not None:
        move(before, STEPS["replace"])
        before.officer = actor
        record(events.OfficerKeyReplaced.of(before), by=SYSTEM)


def _unspent(matter: str) -> MatterKey:
    key = queries.key_of(matter)
    if key is None or key.spent_at is not None:
        raise NotFound
    return key


def _private(key: OfficerKey, phrase: str) -> bytes:
    """The officer's private key; each try in vain counts. Raises Refusal."""
    if _tried(key, add=0) >= TRIES_AN_HOUR:
        raise Refusal(_("Too many tries within this hour. Please try again later."), field="phrase")
    try:
        return keys.unlocked(
            b64decode(key.locked_private_key), phrases.as_written(phrase), b64decode(key.salt), key.cost
        )
    except WrongPhrase:
        _tried(key, add=1)
        raise Refusal(_("This is not the pass phrase of your key."), field="phrase") from None


def _tried(key: OfficerKey, *, add: int) -> int:
    return counting.counted(f"phrase:{key.officer_id}", int(HOUR.total_seconds()), add=add)


def _text(content: bytes) -> str:
    return b64encode(content).decode()
