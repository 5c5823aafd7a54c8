"""What may stand in a name that others read. Pure."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.workbooks.lines import JOINERS

UNREADABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of characters that cannot be seen: control, direction overrides, private use, line separators."""


def refuse_unreadable(name: str) -> None:
    """Raise ValidationError for characters that nobody sees and that can make one name look like another."""
    if any(unicodedata.category(character) in UNREADABLE and character not in JOINERS for character in name):
        raise ValidationError(
            _("There is an invisible character in this name; please type it anew."), code="unreadable"
        )
    if name and not any(character.isalnum() for character in name):
        raise ValidationError(_("A name needs at least one letter or digit."), code="no_letter")
