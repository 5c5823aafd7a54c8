"""What was taken out of a file at a blind door, in words for whoever brought it. The codes come from `blinding/`."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WORDS: Mapping[str, Callable[[int], str]] = {
    "properties": lambda _n: _("author and other properties"),
    "comments": lambda n: ngettext("%(n)s comment", "%(n)s comments", n) % {"n": n},
    "changes": lambda n: ngettext("%(n)s tracked change (accepted)", "%(n)s tracked changes (accepted)", n) % {"n": n},
    "pictures": lambda n: ngettext("details of %(n)s picture", "details of %(n)s pictures", n) % {"n": n},
    "marks": lambda _n: _("what programs noted beside it"),
}


def words(taken_out: Mapping[str, int]) -> str:
    """All of it in one line; empty where there was nothing."""
    return _(", ").join(say(taken_out[code]) for code, say in WORDS.items() if taken_out.get(code))
