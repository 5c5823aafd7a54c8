"""Public ids: what addresses, facts and messages carry. They can neither be guessed nor counted."""

import re
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o, u, so that an id survives being read aloud."""

LENGTH = 16
PATTERN = rf"[{ALPHABET}]{{{LENGTH}}}"


def public_id() -> str:
    """Sixteen random characters, 80 bits: enough that guessing one among a billion rows is hopeless."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def is_public_id(text: str) -> bool:
    """Whether text from outside can be an id at all: PostgreSQL does not even compare with some of what is sent."""
    return re.fullmatch(PATTERN, text) is not None


class PublicIdConverter:
    """`<pid:public_id>` in an address; anything that is no id is simply not found."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
