"""The chain: what exactly is hashed. A change here is a new `digest_version`, never a new meaning of an old one."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from marketplace.outbox.models import Fact


def canonical(values: Mapping[str, object]) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8: the same bytes from every implementation."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def check_scalars(data: Mapping[Any, Any]) -> None:
    """Raise TypeError for anything but str, int, bool and None: a float has no single canonical form."""
    for key, value in data.items():
        if not isinstance(key, str) or not (value is None or isinstance(value, str | int)):
            raise TypeError(f"A fact may carry only str, int, bool and None; {key!r} is {type(value).__name__}.")


def digest_of(fact: "Fact") -> str:
    """SHA-256, in hex, over every column of the fact but its row id and the digest itself."""
    return hashlib.sha256(canonical(_columns(fact))).hexdigest()


def _columns(fact: "Fact") -> dict[str, object]:
    names = (
        *("stream", "sequence", "kind", "subject", "version", "actor", "role", "reason", "data"),
        *("request_id", "previous_digest", "digest_version"),
    )
    moment = fact.occurred_at.astimezone(UTC).isoformat(timespec="microseconds")
    return {**{name: getattr(fact, name) for name in names}, "occurred_at": moment}
