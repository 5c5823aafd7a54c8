"""How the text of a proposal is kept: as a draft under a key of its own, sealed in an envelope, after the opening
under the platform's data keys. It is in no column that a database shows.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marketplace.kernel.concealing import CannotDecrypt, conceal, reveal
from marketplace.outbox.digest import canonical
from marketplace.sealing import draft_keys
from tasks.proposals.content import Content

PURPOSE = "opened proposal"


Files = tuple[Mapping[str, Any], ...]
"""What an envelope says of the files that belong to the text: see `files`."""


@dataclass(frozen=True)
class KeptText:
    """What is kept of a proposal's text, with the code by which its owner reads it again once it is sealed."""

    content: Content
    code: str = ""
    lost: bool = False
    """It was a draft, and its key is gone: nobody can read it any more."""

    files: Files = ()
    """Told by an envelope alone."""

    def as_bytes(self) -> bytes:
        """What goes into the envelope: the text, and what opens its files."""
        said = self.content.as_values()
        return canonical({**said, "files": list(self.files)} if self.files else said)


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


def as_opened(content: Content) -> str:
    """What was in an envelope, as it is kept after the opening."""
    return conceal(KeptText(content).as_bytes().decode(), purpose=PURPOSE)


def opened(text: str) -> KeptText:
    """A proposal after the opening. Raises CannotDecrypt: the data keys are not those it was kept under."""
    return from_envelope(reveal(text, purpose=PURPOSE).encode())


def from_envelope(sealed: bytes) -> KeptText:
    """The text as it was sealed, with its files."""
    said = json.loads(sealed)
    files = tuple(said.pop("files", ()))
    return KeptText(Content.of(said), files=files)
