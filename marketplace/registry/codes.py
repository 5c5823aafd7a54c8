"""Region codes read as what they are: GB/T 2260 codes nest by their pairs of digits, so reach needs no table."""

from collections.abc import Iterable

from django.db.models import Q

CHINA = "CN"


def stem(code: str) -> str:
    """The digits that every code inside this region begins with: 420000 → 42, 420100 → 4201; countries stay whole."""
    if not code.isdigit():
        return code
    while code.endswith("00") and len(code) > 2:
        code = code[:-2]
    return code


def covers(code: str, other: str) -> bool:
    """Whether the region `other` is the region `code` or lies in it (H32: a region covers its children)."""
    if code == CHINA:
        return other == CHINA or other.isdigit()
    return other.startswith(stem(code)) if code.isdigit() else other == code


def within(path: str, codes: Iterable[str]) -> Q:
    """Rows whose region code at `path` lies in one of these regions. No codes: no rows."""
    found = Q(pk__in=[])
    for code in codes:
        found |= _of_china(path) if code == CHINA else Q(**{f"{path}__startswith": stem(code)})
    return found


def _of_china(path: str) -> Q:
    return Q(**{f"{path}__regex": rf"^({CHINA}|\d+)$"})
