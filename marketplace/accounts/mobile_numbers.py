"""Mobile numbers as ITU-T E.164 writes them. Pure."""

import re
import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

HOME = "CN"
"""Where a number without a prefix is at home."""
SHAPE = re.compile(r"\+?[0-9][0-9 ().\-]{4,30}")
MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
"""In some countries, the United States among them, a number does not say which of the two it is."""
SHOWN_AT_THE_END = 4
HIDDEN = 4


def normalised(typed: str) -> str:
    """The number in E.164, such as +8613800138000; empty for anything that is no mobile number."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not SHAPE.fullmatch(plain):
        return ""
    try:
        number = phonenumbers.parse(plain, HOME)
    except NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in MOBILE:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def masked(number: str) -> str:
    """The number as its owner knows it again and nobody else can call it."""
    return f"{number[: -SHOWN_AT_THE_END - HIDDEN]}{'*' * HIDDEN}{number[-SHOWN_AT_THE_END:]}"
