"""Check the chain: recompute every digest and every link. A changed, removed or inserted fact breaks it (I17)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from marketplace.outbox.digest import digest_of
from marketplace.outbox.models import Fact


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold, and how."""

    stream: str
    sequence: int
    what: str


def verify(stream: str = "") -> Iterator[Break]:
    """Yield every break in one stream, or in all.

    A tail cut off is seen only against an older checkpoint; checkpoints come with the trail's own issue.
    """
    facts = Fact.objects.order_by("stream", "sequence")
    if stream:
        facts = facts.filter(stream=stream)
    for _, chain in groupby(facts.iterator(chunk_size=500), key=lambda fact: fact.stream):
        yield from _breaks(chain)


def _breaks(chain: Iterator[Fact]) -> Iterator[Break]:
    expected, previous = 1, ""
    for fact in chain:
        if fact.sequence != expected:
            yield Break(fact.stream, fact.sequence, f"expected number {expected}")
        if fact.previous_digest != previous:
            yield Break(fact.stream, fact.sequence, "does not continue the fact before it")
        if digest_of(fact) != fact.digest:
            yield Break(fact.stream, fact.sequence, "was changed after it was written")
        expected, previous = fact.sequence + 1, fact.digest
