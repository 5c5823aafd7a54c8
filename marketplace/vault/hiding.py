"""At a door with a secret a row tells nothing of its file: neither its name and kind, nor its digest and key.

They lie concealed by the door's secret, or elsewhere: what belongs to something sealed is told by nobody until that is
opened (I8).
"""

import json
from collections.abc import Mapping
from typing import Any

from marketplace.kernel.concealing import CannotDecrypt
from marketplace.vault.doors import Secret, door
from marketplace.vault.models import StoredFile

TOLD = ("name", "kind", "digest", "taken_out", "concealed_key")
UNTOLD: Mapping[str, Any] = {"name": "", "kind": "", "digest": "", "taken_out": {}, "concealed_key": ""}


def hidden(told: Mapping[str, Any], *, place: str, holder: str, secret: Secret) -> str:
    """What is told of a file, concealed; bound to where its content lies, so that it passes for no other's."""
    return secret.conceal(json.dumps({**told, "place": place}, ensure_ascii=False), of=holder)


def told(row: StoredFile) -> StoredFile:
    """The row with what was hidden of it filled in, in memory alone; as it is where nothing is, or nobody can tell."""
    secret = door(row.door).secret if row.hidden else None
    if secret is None:
        return row
    try:
        said = json.loads(secret.reveal(row.hidden, of=row.holder))
    except CannotDecrypt:
        return row
    if said["place"] == row.place:
        for name in TOLD:
            setattr(row, name, said[name])
    return row


def as_told(row: StoredFile) -> dict[str, Any]:
    """What a row that was filled in tells, to be hidden again or to be sealed elsewhere."""
    return {name: getattr(row, name) for name in TOLD}


def hide(row: StoredFile) -> None:
    """Conceal what a new row tells, before it is written, where its door keeps a secret."""
    secret = door(row.door).secret
    if secret is None:
        return
    row.hidden = hidden(as_told(row), place=row.place, holder=row.holder, secret=secret)
    for name, nothing in UNTOLD.items():
        setattr(row, name, nothing)


def without_key(row: StoredFile) -> str:
    """What is hidden of a row that was filled in, without what opens its content."""
    secret = door(row.door).secret if row.hidden else None
    if secret is None:
        return ""
    return hidden({**as_told(row), "concealed_key": ""}, place=row.place, holder=row.holder, secret=secret)
