"""When two windows save one profile: what each holds, side by side, and how to save again knowingly."""

from collections.abc import Iterable
from typing import Any

from django.forms import BoundField
from django.http import QueryDict

from marketplace.kernel.boundary import status_of
from marketplace.kernel.errors import Stale
from marketplace.profiles.models import Profile
from marketplace.profiles.web.forms import ProfileForm, initial_of

Difference = tuple[Any, str, str]


def adopt(form: ProfileForm, typed: QueryDict | None, saved: Profile | None) -> list[Difference] | None:
    """After a clash: the version now saved, put into the form, and what differs; None where there was none."""
    if typed is None or saved is None or status_of(form) != Stale.status:
        return None
    typed["version"] = str(saved.version)
    other = ProfileForm(initial=initial_of(saved))
    pairs = ((form[name], other[name]) for name in form.fields if name != "version")
    differing = ((one.label, _said(one), _said(two)) for one, two in pairs)
    return [found for found in differing if found[1] != found[2]]


def _said(field: BoundField) -> str:
    """What stands in the field, in the words of its choices."""
    value = field.value()
    chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value or "")}
    words = list(_words(getattr(field.field, "choices", ()), chosen))
    return "\n".join(words) if words or isinstance(value, list | tuple) else str(value or "").strip()


def _words(choices: Iterable[Any], chosen: set[str]) -> Iterable[str]:
    """The labels of what is chosen, in the order of the choices; some stand in groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _words(label, chosen)
        elif str(value) in chosen and str(value):
            yield str(label)
