"""Doors that take every kind, as wide as a door may be: what they refuse no door accepts."""

from typing import Any

from marketplace.kernel.verdicts import Allowed, Denied
from marketplace.vault.doors import Door, Rights
from marketplace.vault.intake import LARGEST
from marketplace.vault.kinds import Kind

HOLDER = "0123456789abcdef"


def _anybody_known(person: Any, _holder: str) -> Rights:
    known = Allowed(person.public_id, "USER") if person.is_authenticated else Denied("")
    return Rights(read=known, bring=known, take_away=known)


def _door(code: str, *, blind: bool) -> Door:
    return Door(
        code=code,
        title=code,
        purposes={"ANY": "any", "PLAN": "技术方案"},
        kinds=frozenset(Kind),
        largest=LARGEST,
        most=1000,
        blind=blind,
        rights=_anybody_known,
        hold=lambda holder: None,
        stream=lambda holder: f"{code}:{holder}",
        page=lambda holder: "/",
    )


WIDE = _door("wide", blind=False)
BLIND = _door("blind", blind=True)
"""Whoever reads here does not know whose a file is."""

NAMED = [
    "marketplace.accounts.papers.DOOR",
    "marketplace.identity.scans.DOOR",
    "tests.vault.door.WIDE",
    "tests.vault.door.BLIND",
]
