"""The form that takes a list of challenges."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from tasks.sheets.faults import OF_FILES
from tasks.sheets.reading import LARGEST_FILE
from tasks.web.forms.inputs import LineField

ENDINGS = (".xlsx", ".csv")
WRONG_ENDINGS = {".xls": OF_FILES["old_workbook"], ".xlsm": OF_FILES["macros"]}


class ListField(forms.FileField):
    """A list as .xlsx or .csv; only its name and size are looked at here, the job reads it."""

    widget = forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file. Raises ValidationError for another kind of file or one that is too large."""
        given = super().clean(data, initial)
        name = str(given.name).lower()
        for ending, sentence in WRONG_ENDINGS.items():
            if name.endswith(ending):
                raise ValidationError(sentence, code="ending")
        if not name.endswith(ENDINGS):
            raise ValidationError(_("Please choose a file whose name ends in .xlsx or .csv."), code="ending")
        if given.size > LARGEST_FILE:
            raise ValidationError(OF_FILES["too_large"], code="size")
        return given


class SheetForm(forms.Form):
    """A file, whom it is for, and whether it is published as one batch."""

    organisation = forms.ChoiceField(label=_("Organisation that posts"))
    file = ListField(label=_("List (.xlsx or .csv)"), help_text=_("At most 5 MB and 500 rows."))
    batch_title = LineField(
        label=_("Title of the batch"),
        max_length=120,
        required=False,
        help_text=_("If you give one, the challenges of this list are published together under it."),
    )
    batch_title_en = LineField(label=_("Title of the batch in English"), max_length=200, required=False)
    batch_study = forms.CharField(
        label=_("What the study found"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Which industry was looked at, and why these tasks: it stands on the page of the batch."),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        person: User,
    ) -> None:
        super().__init__(data, files)
        self.organisations = list(people.organisations_of(person).order_by("name"))
        chosen = self.fields["organisation"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  # declared so above
        chosen.choices = [(one.public_id, str(one)) for one in self.organisations]
        if len(self.organisations) > 1:
            chosen.choices = [("", _("not chosen yet")), *chosen.choices]

    def clean(self) -> dict[str, Any]:
        """What is said of a batch needs the batch's title."""
        given = super().clean() or {}
        said = given.get("batch_title_en") or given.get("batch_study")
        if said and not given.get("batch_title") and "batch_title" not in self.errors:
            self.add_error("batch_title", _("Please give the batch a title, or empty what is said of it."))
        return given

    @property
    def posts_for(self) -> Organisation | None:
        """The organisation chosen, one of the person's own."""
        return next((one for one in self.organisations if one.public_id == self.cleaned_data["organisation"]), None)
