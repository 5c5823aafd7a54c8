"""What may stand in a name that others read. Pure."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

JOINERS = "\u200c\u200d"
"""Invisible, and needed to write Persian, Hindi and other names."""
UNSEEN = frozenset({"Cc", "Cf"})
"""Categories of characters that only act: control, format, direction. Rare characters and new ones are not of them."""
UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of characters that cannot be seen: control, direction overrides, private use, line separators."""


def readable_line(text: str) -> str:
    """The text as one line without what nobody sees in it: line breaks, control characters, direction overrides."""
    line = " ".join(text.split())
    return "".join(one for one in line if unicodedata.category(one) not in UNSEEN or one in JOINERS).strip()


def refuse_unreadable(name: str) -> None:
    """Raise ValidationError for characters that nobody sees and that can make one name look like another."""
    if any(unicodedata.category(character) in UNREADABLE and character not in JOINERS for character in name):
        raise ValidationError(
            _("There is an invisible character in this name; please type it anew."), code="unreadable"
        )
    if name and not any(character.isalnum() for character in name):
        raise ValidationError(_("A name needs at least one letter or digit."), code="no_letter")
