"""What a policy answers: allowed, as whom and in which role; or denied, and why."""

from dataclasses import dataclass
from typing import Any

from marketplace.kernel.errors import Refusal


@dataclass(frozen=True)
class Allowed:
    """The act is allowed. `actor` is the person's public id ("" for the system), `role` what they act as."""

    actor: str
    role: str

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """The act is not allowed; `reason` is a sentence for the person (str or lazy translation)."""

    reason: Any

    def __bool__(self) -> bool:
        return False


Verdict = Allowed | Denied

SYSTEM = Allowed(actor="", role="SYSTEM")
"""The platform itself, acting on a clock: deadlines, publication, the end of a notice."""


def require(verdict: Verdict) -> Allowed:
    """Return the permission, or raise Refusal with the policy's own reason."""
    if isinstance(verdict, Denied):
        raise Refusal(verdict.reason)
    return verdict
