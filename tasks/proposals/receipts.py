"""Receipts (提交回执, H30): what was handed in, when, and where it stands in the trail, signed by the platform.

Whoever has the file can check it without asking the platform, by its public key; whoever has the platform's data can
check besides that nothing was put in the place of what was sealed (I11).
"""

from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any

from django.conf import settings

from marketplace.kernel import keys
from marketplace.outbox.digest import canonical
from marketplace.outbox.models import Fact
from marketplace.sealing import envelopes
from tasks.proposals.models import IntakeTicket, SealedEnvelope, SubmissionReceipt

KIND = "zhongyan.submission-receipt"
FORM = 1
SIGNATURE = "signature"


def give(envelope: SealedEnvelope, ticket: IntakeTicket, fact: Fact) -> SubmissionReceipt:
    """Write and sign the receipt of an envelope, within the caller's transaction."""
    row = SubmissionReceipt(
        envelope=envelope,
        ticket=ticket,
        platform=settings.SITE_URL,
        decided_at=ticket.taken_at,
        sequence=fact.sequence,
        fact_digest=fact.digest,
        key=keys.fingerprint(),
    )
    row.signature = keys.sign(canonical(unsigned(row)))
    row.save(force_insert=True)
    return row


def unsigned(receipt: SubmissionReceipt) -> dict[str, Any]:
    """What the receipt says, all but its signature: strings and numbers only."""
    envelope = receipt.envelope
    proposal = envelope.proposal
    return {
        "kind": KIND,
        "form": FORM,
        "platform": receipt.platform,
        "challenge": proposal.challenge.public_id,
        "proposal": proposal.public_id,
        "number": envelope.number,
        "digest": envelope.digest,
        "commitment": envelope.commitment,
        "ticket": receipt.ticket.public_id,
        "decided_at": receipt.decided_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "stream": f"proposal:{proposal.public_id}",
        "sequence": receipt.sequence,
        "fact": receipt.fact_digest,
        "key": receipt.key,
    }


def document(receipt: SubmissionReceipt) -> dict[str, Any]:
    """The receipt as it is handed out."""
    return {**unsigned(receipt), SIGNATURE: receipt.signature}


def is_signed_by(said: Mapping[str, Any], public_key: str) -> bool:
    """Whether the holder of this key signed just this receipt; False for anything that is none."""
    body = {name: value for name, value in said.items() if name != SIGNATURE}
    if any(not isinstance(value, str | int) for value in body.values()):
        return False
    return keys.is_signed(canonical(body), str(said.get(SIGNATURE, "")), public_key)


def has_lost_key(receipts: Iterable[SubmissionReceipt]) -> bool:
    """Whether the platform lacks a key that signed one of these, and nobody has said that it is lost for good."""
    known = {*map(keys.fingerprint_of, keys.public_keys()), *settings.SIGNING_KEYS_LOST}
    return any(one.key not in known for one in receipts)


def agrees(receipt: SubmissionReceipt, fact: Fact | None) -> bool:
    """Whether what is kept is what the receipt was given for: the sealed bytes, the fact, and the signature (I11).

    The signature is not asked where its key is said to be lost for good: then the trail alone speaks, and pages say so.
    """
    envelope = receipt.envelope
    said = {"number": envelope.number, "digest": envelope.digest, "commitment": envelope.commitment}
    told = fact is not None and fact.digest == receipt.fact_digest and said.items() <= fact.data.items()
    same = envelopes.digest_of(bytes(envelope.sealed)) == envelope.digest
    signed = receipt.key in settings.SIGNING_KEYS_LOST or any(
        is_signed_by(document(receipt), key) for key in keys.public_keys()
    )
    return same and told and signed
