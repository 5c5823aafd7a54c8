"""Fields that several forms ask for: an amount in 万元, a moment in Beijing time, words in a line."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.kernel import money
from marketplace.kernel.moments import BEIJING
from marketplace.workbooks.lines import one_line

PLAIN_AMOUNT = re.compile(r"[0-9]{1,18}(\.[0-9]{1,6})?", re.ASCII)
"""Digits and one point: no sign, no exponent, no full-width digits, nothing that could be read in two ways."""
MOMENT_FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")
YEARS = range(2000, 2101)
LONGEST_KEYWORD = 30
MOST_KEYWORDS = 12
MANY_EMPTY = re.compile(r"\n{3,}")
SEPARATORS = re.compile(r"[,，、;；\n]+")


class LineField(forms.CharField):
    """A line that others read in a list, a letter's subject, a notice: what nobody sees in it is dropped."""

    def to_python(self, value: Any) -> str:
        """The line as it is read. A NUL stays, and is refused as anywhere else."""
        return "\0".join(one_line(part) for part in str(super().to_python(value)).split("\0"))


class LinesField(forms.CharField):
    """Several lines that others read: what nobody sees in them is dropped, and empty lines beyond one."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)

    def to_python(self, value: Any) -> str:
        """The lines as they are read. A NUL stays, and is refused as anywhere else."""
        typed = str(super().to_python(value)).replace("\r\n", "\n")
        if "\0" in typed:
            return typed
        return MANY_EMPTY.sub("\n\n", "\n".join(one_line(line) for line in typed.split("\n"))).strip()


class AmountField(forms.CharField):
    """An amount typed in 万元 and given on in 分. None where nothing was typed."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "short"}
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        """The typed text as 分. Raises ValidationError for everything but plain digits with a point."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        if not PLAIN_AMOUNT.fullmatch(text):
            raise ValidationError(_("Please write the amount with the digits 0 to 9, for example 300 or 12.5."))
        return money.fen_from_wan(Decimal(text))

    def prepare_value(self, value: Any) -> Any:
        """What the form shows: an amount in 分 as 万元, anything typed as it was typed."""
        return f"{money.wan_from_fen(value):f}" if isinstance(value, int) else value


class BeijingMomentField(forms.DateTimeField):
    """A moment typed as Beijing's wall clock, whatever zone the server or the typist lives in."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=MOMENT_FORMATS, **options)

    def to_python(self, value: Any) -> datetime | None:
        """The aware moment. Raises ValidationError for what is no date or lies outside any call's life."""
        try:
            with timezone.override(BEIJING):
                moment = super().to_python(value)
        except (OverflowError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if moment is not None and moment.year not in YEARS:
            raise ValidationError(_("Please give a year between 2000 and 2100."))
        return moment

    def prepare_value(self, value: Any) -> Any:
        """What the form shows: Beijing's wall clock."""
        return value.astimezone(BEIJING).replace(tzinfo=None) if isinstance(value, datetime) else value


class KeywordsField(forms.CharField):
    """A few words in one line, parted by commas of either script."""

    def clean(self, value: Any) -> Any:
        """The words as a tuple, each once, in the order typed."""
        words = [one_line(word) for word in SEPARATORS.split(super().clean(value))]
        kept = tuple(dict.fromkeys(word for word in words if word))
        if len(kept) > MOST_KEYWORDS or any(len(word) > LONGEST_KEYWORD for word in kept):
            raise ValidationError(_("At most 12 keywords of at most 30 characters each."))
        return kept

    def prepare_value(self, value: Any) -> Any:
        """What the form shows: the words with commas."""
        return ", ".join(value) if isinstance(value, (list, tuple)) else value


def needed(field: forms.Field) -> forms.Field:
    """A field that a draft may leave empty but a submission may not: not required, and not called optional."""
    field.required = False
    field.needed = True  # type: ignore[attr-defined]  # read by templates/django/forms/field.html
    return field


def version_field() -> forms.IntegerField:
    """The version of the row the person saw; the service compares."""
    return forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


def which_field() -> forms.CharField:
    """The row the person saw, where another may take its place; the service compares."""
    return forms.CharField(required=False, empty_value=None, max_length=16, widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """A bare button of which two people may press one: it says which version its presser saw."""

    version = version_field()


class WhichForm(VersionForm):
    """The same where one row may take the place of another: it says which one its presser saw, too."""

    which = which_field()
