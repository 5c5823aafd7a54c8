"""A form field for the place of something: countries first, then China's provinces with their cities."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from marketplace.registry import queries
from marketplace.registry.models import Region


class RegionChoices(ModelChoiceIterator):  # type: ignore[type-arg]  # generic in the stubs only
    """The regions in groups, in one query."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        groups: dict[str, list[Any]] = {"": []}
        names: dict[str, Any] = {"": _("Countries and regions")}
        for region in self.queryset:
            key = "" if region.kind == Region.Kind.COUNTRY else region.code[:2]
            names.setdefault(key, region.name)
            groups.setdefault(key, []).append(self.choice(region))
        yield from ((names[key], members) for key, members in groups.items() if members)


class RegionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """One region, given by its code."""

    iterator = RegionChoices

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Country or region"))
        super().__init__(queryset=queries.regions().order_by("code"), to_field_name="code", **options)

    def label_from_instance(self, obj: Region) -> str:
        """The region's own name; the group says where it lies."""
        return obj.name
