"""What was typed or stands in a stranger's file, as one line that everybody sees alike."""

import unicodedata

JOINERS = "\u200c\u200d"
"""Invisible, and needed to write Persian, Hindi and other names."""
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Categories of characters that only act: control, format, direction, halves of pairs. Rare ones are not of them."""


def one_line(text: str) -> str:
    """The text as one line without what nobody sees in it: line breaks, control characters, direction overrides."""
    line = " ".join(text.split())
    return "".join(one for one in line if unicodedata.category(one) not in UNSEEN or one in JOINERS).strip()
