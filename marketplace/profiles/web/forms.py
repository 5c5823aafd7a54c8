"""What somebody says of themselves, part by part, each with who may read it; and one reference."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db import models
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.names import refuse_unreadable
from marketplace.profiles.models import LONGEST_HEADLINE, LONGEST_TEXT, Profile
from marketplace.profiles.references import EARLIEST_YEAR, LATEST_YEAR, LONGEST, Citation
from marketplace.profiles.services import Content
from marketplace.profiles.showing import DEFAULTS, Part, Visibility, visibility_of
from marketplace.profiles.wording import Availability, EngagementMode, ReferenceKind, SolverCategory, Tongue
from marketplace.registry.models import TechnologyField
from marketplace.registry.web.fields import RegionField

APART = (Part.REFERENCES, Part.ORCID)
"""Parts that are filled elsewhere; who may read them is chosen here."""


def _choices(label: Any, choices: type[models.TextChoices], **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices.choices, required=False, widget=forms.CheckboxSelectMultiple, **options
    )


def _text(label: Any, help_text: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 6})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, required=False, widget=area, help_text=help_text)


class FieldsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Fields of technology by their codes."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: TechnologyField) -> str:
        """The name in the page's language."""
        return obj.name


class ProfileForm(forms.Form):
    """The whole profile but its references. Nothing is required: a profile grows."""

    headline = forms.CharField(
        label=Part.HEADLINE.label,
        max_length=LONGEST_HEADLINE,
        required=False,
        validators=[refuse_unreadable],
        help_text=_("What you are and do, as others should read it first."),
    )
    kinds = _choices(Part.KINDS.label, SolverCategory, help_text=_("Whatever fits."))
    expertise = _text(
        Part.EXPERTISE.label, _("Methods, materials, equipment, problems you have solved: the search reads it.")
    )
    fields_chosen = FieldsField(
        label=Part.FIELDS.label, queryset=TechnologyField.objects.none(), to_field_name="code", required=False
    )
    achievements = _text(Part.ACHIEVEMENTS.label, _("Results, awards, technology in use. It is not verified here."))
    engagement = _choices(Part.ENGAGEMENT.label, EngagementMode)
    availability = forms.ChoiceField(
        label=Part.AVAILABILITY.label, choices=[("", _("not said")), *Availability.choices], required=False
    )
    languages = _choices(Part.LANGUAGES.label, Tongue)
    region = RegionField(label=Part.REGION.label, required=False, empty_label=_("not said"))
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_chosen"].queryset = TechnologyField.objects.all()  # type: ignore[attr-defined]  # a choice of rows
        for part in Part:
            self.fields[f"seen_{part}"] = forms.ChoiceField(
                label=format_lazy(_("Who reads “{part}”"), part=part.label),
                choices=Visibility.choices,
                initial=DEFAULTS[part],
            )

    @property
    def parts(self) -> Iterator[tuple[Part, BoundField, BoundField]]:
        """Each part that is filled in here, with the choice of who reads it."""
        for part in Part:
            if part not in APART:
                yield part, self[_name(part)], self[f"seen_{part}"]

    @property
    def apart(self) -> dict[str, BoundField]:
        """The choices for the other parts."""
        return {part.value: self[f"seen_{part}"] for part in APART}

    @property
    def content(self) -> Content:
        """What the services take."""
        typed = self.cleaned_data
        said = {part.value: typed[_name(part)] for part in Part if part not in APART}
        return Content(visibility={part.value: typed[f"seen_{part}"] for part in Part}, **said)

    @property
    def seen_version(self) -> int:
        """The version that was read when the page was opened."""
        return self.cleaned_data["version"] or 0


def initial_of(profile: Profile | None) -> dict[str, Any]:
    """What stands in the form when it is opened."""
    if profile is None:
        return {"version": 0}
    plain = ("headline", "kinds", "expertise", "achievements", "engagement", "availability", "languages", "version")
    return {
        **{name: getattr(profile, name) for name in plain},
        "fields_chosen": [one.code for one in profile.fields.all()],
        "region": profile.region.code if profile.region else "",
        **seen(profile.visibility),
    }


def seen(chosen: Mapping[str, str]) -> dict[str, str]:
    """Who reads each part, by the name of its choice."""
    return {f"seen_{part}": visibility_of(part, chosen) for part in Part}


def anchor(part: Part) -> str:
    """Where on one's own page a part is filled in."""
    if part in APART:
        return f"profile-{part}"
    return f"id_{_name(part)}"


def _name(part: Part) -> str:
    """`fields` is a form's own word."""
    return "fields_chosen" if part == Part.FIELDS else part.value


class ReferenceForm(forms.Form):
    """A publication or a patent."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ReferenceKind.choices)
    title = forms.CharField(label=_("Title"), max_length=LONGEST["title"])
    year = forms.IntegerField(label=_("Year"), required=False, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)
    identifier = forms.CharField(
        label=_("DOI or patent number"),
        max_length=LONGEST["identifier"],
        required=False,
        help_text=_("Such as 10.1000/182 or CN114000000A."),
    )
    place = forms.CharField(
        label=_("Where it appeared"),
        max_length=LONGEST["place"],
        required=False,
        help_text=_("Journal, conference, publisher or patent office."),
    )
    link = forms.CharField(
        label=_("Link"), max_length=LONGEST["link"], required=False, help_text=_("Only https://; a DOI needs none.")
    )

    @property
    def citation(self) -> Citation:
        """What the services take."""
        return Citation(**self.cleaned_data)
