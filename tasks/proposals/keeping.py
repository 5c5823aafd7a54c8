"""How the text of a proposal is kept: as a draft under a key of its own, sealed in an envelope, after the opening
under the platform's data keys. It is in no column that a database shows.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from marketplace.kernel.concealing import CannotDecrypt, conceal, reveal
from marketplace.outbox.digest import canonical
from marketplace.sealing import draft_keys
from tasks.proposals.content import Content

PURPOSE = "opened proposal"
MEMBERS, FILES, ORGANISATION = "team_members", "files", "organisation"


Files = tuple[Mapping[str, Any], ...]
"""What an envelope says of the files that belong to the text: see `files`."""


@dataclass(frozen=True)
class KeptText:
    """What is kept of a proposal's text, with the code by which its owner reads it again once it is sealed."""

    content: Content
    code: str = ""
    lost: bool = False
    """It was a draft, and its key is gone: nobody can read it any more."""
    members: tuple[dict[str, str], ...] = ()
    """Of what is being sealed or was opened: the team in whose name it is (`tasks.teams.shares`)."""

    files: Files = ()
    """Told by an envelope alone."""
    organisation: str | None = None
    """Told by an envelope alone: the public id of the house in whose name it is, "" for the author's own."""

    def as_bytes(self) -> bytes:
        """What goes into the envelope: the text, what opens its files, and the team if there is one."""
        beside = {FILES: list(self.files), MEMBERS: list(self.members)}
        named = {} if self.organisation is None else {ORGANISATION: self.organisation}
        told = {name: said for name, said in beside.items() if said}
        return canonical({**self.content.as_values(), **told, **named})


def as_draft(kept: KeptText, *, of: str) -> str:
    """The text and its code as a draft of this public id is kept."""
    whole = {"code": kept.code, "content": kept.content.as_values()}
    return draft_keys.concealed(canonical(whole).decode(), of=of)


def draft(text: str, *, of: str) -> KeptText:
    """A draft as it was kept."""
    try:
        whole = json.loads(draft_keys.revealed(text, of=of))
    except CannotDecrypt:
        return KeptText(Content(), lost=True)
    return KeptText(Content.of(whole["content"]), whole["code"])


def as_opened(kept: KeptText) -> str:
    """What was in an envelope, as it is kept after the opening; what opened its files is told elsewhere by then."""
    return conceal(replace(kept, files=(), organisation=None).as_bytes().decode(), purpose=PURPOSE)


def opened(text: str) -> KeptText:
    """A proposal after the opening. Raises CannotDecrypt: the data keys are not those it was kept under."""
    return from_envelope(reveal(text, purpose=PURPOSE).encode())


def from_envelope(sealed: bytes) -> KeptText:
    """The text as it was sealed, with its files and its team."""
    said = json.loads(sealed)
    files, members = tuple(said.pop(FILES, ())), tuple(said.pop(MEMBERS, ()))
    organisation = said.pop(ORGANISATION, None)
    return KeptText(Content.of(said), files=files, members=members, organisation=organisation)
