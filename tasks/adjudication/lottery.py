"""The draw of experts (随机抽取专家): pure, so that an outsider can recompute it from the published seed."""

import hashlib
from collections.abc import Iterable, Sequence


def pool_digest(pool: Iterable[str]) -> str:
    """SHA-256 over the sorted public ids, one a line: what is fixed before the seed is known."""
    return hashlib.sha256("\n".join(sorted(pool)).encode()).hexdigest()


def drawn_order(pool: Iterable[str], seed: str) -> list[str]:
    """The pool in the order the lot gives: by SHA-256 of "<seed>:<id>"."""
    return sorted(pool, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())


def seats(order: Sequence[str], size: int, outside: Iterable[str]) -> list[str]:
    """The first `size` of the order, but at least one from `outside` the region if the pool has one (L11)."""
    chosen, others = list(order[:size]), set(outside)
    if not others.intersection(chosen):
        chosen[-1:] = [one for one in order if one in others][:1] or chosen[-1:]
    return chosen
