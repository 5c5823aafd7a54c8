"""What a reader of the archive may ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.registry.models import Region, TechnologyField

Choices = list[tuple[Any, Any]]


class ArchiveFilter(forms.Form):
    """The archive's own filters, with only such choices as lead to something."""

    q = forms.CharField(label=_("Text contains"), max_length=100, required=False)
    field = forms.ChoiceField(label=_("Technology field"), required=False)
    region = forms.ChoiceField(label=_("Country or region"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(
        self,
        *args: Any,
        of_fields: list[TechnologyField],
        of_regions: list[Region],
        of_years: list[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known_fields = {one.code: one for one in of_fields}
        self.known_regions = {one.code: one for one in of_regions}
        self._offer("field", [(one.code, one.name) for one in of_fields])
        self._offer("region", _grouped(of_regions))
        self._offer("year", [(str(year), str(year)) for year in of_years])

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [("", _("all")), *choices]

    @property
    def wanted(self) -> dict[str, Any]:
        """Arguments for `queries.archive_matching`; what was asked wrongly is left out."""
        asked = getattr(self, "cleaned_data", {})
        return {
            "text": asked.get("q", ""),
            "field": self.known_fields.get(asked.get("field", "")),
            "region": self.known_regions.get(asked.get("region", "")),
            "year": int(asked["year"]) if asked.get("year") else None,
        }


def _grouped(of_regions: list[Region]) -> Choices:
    countries = [(one.code, one.name) for one in of_regions if one.kind == Region.Kind.COUNTRY]
    provinces = [(one.code, one.name) for one in of_regions if one.kind != Region.Kind.COUNTRY]
    groups = ((_("Countries and regions"), countries), (_("Provinces of China"), provinces))
    return [(name, members) for name, members in groups if members]
