"""What people type about themselves and their organisations."""

from typing import Any

from allauth.account.forms import SignupForm as MailSignupForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import uscc
from marketplace.accounts.models import Organisation, OrganisationKind, SponsorClass
from marketplace.accounts.names import refuse_unreadable
from marketplace.accounts.services import Particulars
from marketplace.registry.web.fields import RegionField

LONGEST_REASON = 1000


def name_field(*, label: Any, longest: int, help_text: Any = "", required: bool = True) -> forms.CharField:
    """A line that others will read as somebody's or something's name."""
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=help_text,
        required=required,
        validators=[refuse_unreadable],
    )


class SignupForm(MailSignupForm):  # type: ignore[misc]  # allauth carries no types
    """Signing up: e-mail address, password and the name others will read (settings.ACCOUNT_FORMS)."""

    display_name = name_field(
        label=_("Name shown to others"),
        longest=60,
        help_text=_("Your own name. Reviewers never see it; it is public only where you win or act in an office."),
    )
    field_order = ("email", "display_name", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"

    def try_save(self, request: HttpRequest) -> Any:
        """As allauth does; where the address is taken the password is hashed all the same, or haste would tell."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ProfileForm(forms.Form):
    """What people may change about themselves."""

    display_name = name_field(label=_("Name shown to others"), longest=60)
    language = forms.ChoiceField(
        label=_("Language of letters and notifications"),
        choices=settings.LANGUAGES,
        help_text=_("Pages follow their address: those under /en/ are in English."),
    )


class OrganisationForm(forms.Form):
    """What an organisation says of itself (S1)."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Please choose")), *OrganisationKind.choices],
        help_text=_("An innovation space or incubator (众创空间/孵化器) registers like any other organisation."),
    )
    name = name_field(label=_("Name"), longest=120, help_text=_("As registered."))
    name_en = name_field(label=_("Name in English"), longest=200, required=False)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=40,
        required=False,
        help_text=_("18 characters; organisations outside China leave it empty."),
    )
    region = RegionField(empty_label=_("Please choose"), help_text=_("Its administrators verify the organisation."))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_uscc(self) -> str:
        """The code with its check character proved, where one is given."""
        code = uscc.normalised(self.cleaned_data["uscc"])
        if code and not uscc.is_valid(code):
            raise forms.ValidationError(_("This is no valid credit code; please compare it with the licence."))
        return code

    @property
    def particulars(self) -> Particulars:
        """What the services take."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Particulars(**given)

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """What the form shows of an organisation that is already registered."""
        plain = {name: getattr(organisation, name) for name in ("kind", "name", "name_en", "uscc", "version")}
        return {**plain, "region": organisation.region.code}


class VerifyForm(forms.Form):
    """S4: the class is set at verification; an SME may sponsor too."""

    sponsor_class = forms.ChoiceField(
        label=_("Class as a sponsor"),
        choices=[("", _("none of these")), *SponsorClass.choices],
        required=False,
        help_text=_("Work packages reserved for small and medium enterprises go by this."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    """S3: what has to be corrected, in words the organisation will read."""

    reason = forms.CharField(
        label=_("What has to be corrected"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The organisation's officers will read it."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
