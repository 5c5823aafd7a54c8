"""Where files come in. Each room that takes files declares a door; `VAULT_DOORS` in the settings names them all.

The vault knows neither organisations nor people: a door says who may bring, read and take away, and what the holder's
page and stream of facts are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from marketplace.kernel.errors import NotFound
from marketplace.kernel.verdicts import Verdict
from marketplace.vault.kinds import Kind


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What somebody may do with the files of a holder."""

    read: Verdict
    """To know of them too."""
    bring: Verdict
    take_away: Verdict
    whose: bool = False
    """Whether what is here is the person's too: at a blind door they read names."""
    over: bool = False
    """Known to the person, with nothing to read or to bring any more: an open page shows nothing in its place."""


class Secret(Protocol):
    """How a door conceals what its files are, while what they belong to is not sealed yet."""

    def conceal(self, text: str, *, of: str) -> str:
        """The text concealed for this holder."""

    def reveal(self, text: str, *, of: str) -> str:
        """What was concealed. Raises CannotDecrypt."""


@dataclass(frozen=True, kw_only=True)
class Door:
    """One way in: for what, of which kinds, how large, how many, and who."""

    code: str
    title: Any
    purposes: Mapping[str, Any]
    """Code to words: what a file may be brought for."""
    kinds: frozenset[Kind]
    largest: int
    """Bytes of one file."""
    most: int
    """Files a holder may have for one purpose."""
    own: bool = False
    """Whether what comes in here is about whoever brings it."""
    blind: bool = False
    """Whether those who read do not know whose it is (I15): a file is freed of names before it is kept, and called by
    its purpose and number to everybody but whoever brought it."""
    quiet: bool = False
    """Whether only those who may bring here are told who brought what: outsiders read these files."""
    secret: Secret | None = None
    """Where what a file belongs to is going to be sealed: then no row tells what the file is (`hiding`, `custody`)."""
    rights: Callable[[Any, str], Rights] = field(repr=False)
    """Of a person, for a holder's public id. Raises NotFound where the person may not even know of the holder."""
    hold: Callable[[str], None] = field(repr=False)
    """Locks the holder's row for the rest of the transaction, and counts it up where a decision may rest on its files:
    whoever decides then has seen what there is, or is told that it has changed."""
    stream: Callable[[str], str] = field(repr=False)
    """The stream of facts a holder's files are told in."""
    served: Callable[[Any, str], None] = field(default=lambda _person, _holder: None, repr=False)
    """Told that this person is being given a file of this holder."""
    page: Callable[[str], str] = field(repr=False)
    """The address of the page that shows them."""


def door(code: str) -> Door:
    """The door of this code. Raises NotFound."""
    found = _doors().get(code)
    if found is None:
        raise NotFound
    return found


@cache
def _doors() -> dict[str, Door]:
    declared: list[Door] = [import_string(path) for path in settings.VAULT_DOORS]
    return {one.code: one for one in declared}
