"""What a file is called on the page and when it is saved: the stranger's words, without what a system would obey."""

import re
import unicodedata

LONGEST = 120
FOLDERS = re.compile(r"[/\\]")
FORBIDDEN = re.compile(r'[<>:"|?*%;\x7f]')
FURTHER = re.compile(r"[:：(（]")
"""What a purpose says after it is for whoever chooses it, not for the name."""
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Control characters, turned directions, halves of characters: what a name may hide another name with."""


def by_number(purpose: str, number: int, kind: str) -> str:
    """What a file is called to those who do not know whose it is."""
    word = FURTHER.split(FOLDERS.sub("_", purpose))[0].strip()
    return shown(f"{word}-{number}.{kind}")


def shown(name: str) -> str:
    """The last part of the path, readable, of a length every system takes, with its ending kept.

    Where nothing of it is left, the ending alone.
    """
    last = FOLDERS.split(unicodedata.normalize("NFC", name))[-1]
    seen = "".join(one for one in last if unicodedata.category(one) not in UNSEEN)
    plain = " ".join(FORBIDDEN.sub("_", seen).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: LONGEST - len(ending) - 1].strip('. ') or '_'}{dot}{ending}" if dot else plain[:LONGEST]
