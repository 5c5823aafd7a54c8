"""Public ids: what addresses, facts and messages carry. They can neither be guessed nor counted."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o, u, so that an id survives being read aloud."""

LENGTH = 16
PATTERN = rf"[{ALPHABET}]{{{LENGTH}}}"


def public_id() -> str:
    """Sixteen random characters, 80 bits: enough that guessing one among a billion rows is hopeless."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdConverter:
    """`<pid:public_id>` in an address; anything that is no id is simply not found."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
