"""The unified social credit code (统一社会信用代码) of organisations in China (H25). Pure.

Source: GB 32100-2015, sections 3–4 and annex A: 18 characters, the first two naming the registering authority and the
kind of organisation, six digits of the place (GB/T 2260), nine of the body's own code (GB 11714) and one check
character, weights 3^i modulo 31.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters by their value: no I, O, S, V, Z, which look like others."""
LENGTH = 18
SHAPE = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")


def normalised(code: str) -> str:
    """The code as it is stored: capitals, without the blanks and dashes people put between groups."""
    return re.sub(r"[\s-]+", "", code).upper()


def check_character(body: str) -> str:
    """The eighteenth character that belongs to the first seventeen."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return ALPHABET[-total % 31]


def is_valid(code: str) -> bool:
    """Whether a normalised code has the right shape and its check character fits."""
    return bool(SHAPE.fullmatch(code)) and code[-1] == check_character(code[:-1])
