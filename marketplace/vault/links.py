"""Short-lived links: whoever asks for a file gets one for themselves, and every use asks the door again."""

from typing import Any

from django.core import signing

from marketplace.vault.models import StoredFile

LASTS = 300
"""Seconds."""
SALT = "marketplace.vault.link"


def token(row: StoredFile, person: Any) -> str:
    """A word that opens this file for this person for a few minutes."""
    return signing.dumps([row.public_id, person.public_id], salt=SALT)


def opens(word: str, row: StoredFile, person: Any) -> bool:
    """Whether the word was given for this file and person, and lately."""
    try:
        given = signing.loads(word, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    return bool(given == [row.public_id, person.public_id])
