"""How the text of a proposal is kept: as a draft under a key of its own, sealed in an envelope, after the opening
under the platform's data keys. It is in no column that a database shows.
"""

import json
from dataclasses import dataclass

from marketplace.kernel.concealing import CannotDecrypt, conceal, reveal
from marketplace.outbox.digest import canonical
from marketplace.sealing import draft_keys
from tasks.proposals.content import Content

PURPOSE = "opened proposal"
MEMBERS = "team_members"


@dataclass(frozen=True)
class KeptText:
    """What is kept of a proposal's text, with the code by which its owner reads it again once it is sealed."""

    content: Content
    code: str = ""
    lost: bool = False
    """It was a draft, and its key is gone: nobody can read it any more."""
    members: tuple[dict[str, str], ...] = ()
    """Of what is being sealed or was opened: the team in whose name it is (`tasks.teams.shares`)."""

    def as_bytes(self) -> bytes:
        """What goes into the envelope: the text, and the team if there is one."""
        together = {MEMBERS: list(self.members)} if self.members else {}
        return canonical({**vars(self.content), **together})


def as_draft(kept: KeptText, *, of: str) -> str:
    """The text and its code as a draft of this public id is kept."""
    whole = {"code": kept.code, "content": vars(kept.content)}
    return draft_keys.concealed(canonical(whole).decode(), of=of)


def draft(text: str, *, of: str) -> KeptText:
    """A draft as it was kept."""
    try:
        whole = json.loads(draft_keys.revealed(text, of=of))
    except CannotDecrypt:
        return KeptText(Content(), lost=True)
    return KeptText(Content(**whole["content"]), whole["code"])


def as_opened(content: bytes) -> str:
    """What was in an envelope, as it is kept after the opening."""
    return conceal(content.decode(), purpose=PURPOSE)


def opened(text: str) -> KeptText:
    """A proposal after the opening. Raises CannotDecrypt: the data keys are not those it was kept under."""
    content = reveal(text, purpose=PURPOSE).encode()
    return KeptText(content_from(content), members=members_in(content))


def content_from(content: bytes) -> Content:
    """The text as it was sealed."""
    said = json.loads(content)
    said.pop(MEMBERS, None)
    return Content(**said)


def members_in(content: bytes) -> tuple[dict[str, str], ...]:
    """The team that was sealed with it; empty for whoever answered alone."""
    return tuple(json.loads(content).get(MEMBERS, ()))
