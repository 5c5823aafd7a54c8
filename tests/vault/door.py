"""A door that takes every kind, as wide as a door may be: what it refuses no door accepts."""

from typing import Any

from marketplace.kernel.verdicts import Allowed, Denied
from marketplace.vault.doors import Door, Rights
from marketplace.vault.intake import LARGEST
from marketplace.vault.kinds import Kind

HOLDER = "0123456789abcdef"


def _anybody_known(person: Any, _holder: str) -> Rights:
    known = Allowed(person.public_id, "USER") if person.is_authenticated else Denied("")
    return Rights(read=known, bring=known, take_away=known)


WIDE = Door(
    code="wide",
    title="wide",
    purposes={"ANY": "any"},
    kinds=frozenset(Kind),
    largest=LARGEST,
    most=1000,
    rights=_anybody_known,
    hold=lambda holder: None,
    stream=lambda holder: f"wide:{holder}",
    page=lambda holder: "/",
)

NAMED = ["marketplace.accounts.papers.DOOR", "marketplace.identity.scans.DOOR", "tests.vault.door.WIDE"]
