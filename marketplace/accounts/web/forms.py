"""What people type about themselves and their organisations."""

from collections.abc import Sequence
from typing import Any

from allauth.account.forms import SignupForm as MailSignupForm
from allauth.socialaccount.forms import SignupForm as ProviderSignupForm
from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import identifiers, papers, uscc
from marketplace.accounts.adapter import LONGEST_MAIL
from marketplace.accounts.models import Membership, Organisation, OrganisationKind, SponsorClass
from marketplace.accounts.names import refuse_unreadable
from marketplace.accounts.particulars import Particulars
from marketplace.accounts.terms import TEXTS, Text
from marketplace.accounts.web.doors import Rehearsed
from marketplace.registry.web.fields import RegionField
from marketplace.vault.web.forms import prepare

LONGEST_REASON = 1000
AS_TYPED = ("kind", "name", "name_en", "uscc", "register_number", "ror", "lei")


def name_field(*, label: Any, longest: int, help_text: Any = "", required: bool = True) -> forms.CharField:
    """A line that others will read as somebody's or something's name."""
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=help_text,
        required=required,
        validators=[refuse_unreadable],
    )


class NewPerson(Rehearsed, forms.Form):
    """What everybody who signs up says, whichever way they come: the name others will read, and that they agree."""

    display_name = name_field(
        label=_("Name shown to others"),
        longest=60,
        help_text=_("Your own name. Reviewers never see it; it is public only where you win or act in an office."),
    )
    agreed = forms.BooleanField()
    field_order = ("email", "display_name", "password1", "password2", "agreed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"
        links = {one.code: _link_to(one) for one in TEXTS}
        self.fields["agreed"].label = format_html(
            gettext("I have read the {agreement}, the {privacy} and the {rules}, and agree."), **links
        )


class SignupForm(NewPerson, MailSignupForm):  # type: ignore[misc]  # allauth carries no types
    """Signing up with an e-mail address and a password (settings.ACCOUNT_FORMS)."""


class ConnectedSignupForm(NewPerson, ProviderSignupForm):  # type: ignore[misc]  # allauth carries no types
    """Signing up as somebody whom a provider has named (settings.SOCIALACCOUNT_FORMS)."""


def _link_to(text: Text) -> SafeString:
    return format_html('<a href="{}" target="_blank">{}</a>', reverse("accounts:terms", args=[text.code]), text.title)


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
    register_number = forms.CharField(
        label=_("Number in the country's register"),
        max_length=40,
        required=False,
        validators=[refuse_unreadable],
        help_text=_("Only outside China: this number, a ROR identifier or an LEI. One is enough."),
    )
    ror = forms.CharField(label=_("ROR identifier"), max_length=40, required=False)
    lei = forms.CharField(label=_("Legal entity identifier (LEI)"), max_length=40, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_uscc(self) -> str:
        """The code with its check character proved, where one is given."""
        code = uscc.normalised(self.cleaned_data["uscc"])
        if code and not uscc.is_valid(code):
            raise forms.ValidationError(_("This is no valid credit code; please compare it with the licence."))
        return code

    def clean_register_number(self) -> str:
        return identifiers.normalised_number(self.cleaned_data["register_number"])

    def clean_ror(self) -> str:
        """The identifier with its check digits proved, where one is given."""
        code = identifiers.normalised_ror(self.cleaned_data["ror"])
        if code and not identifiers.is_ror(code):
            raise forms.ValidationError(_("This is no valid ROR identifier; it looks like 03yrm5c26."))
        return code

    def clean_lei(self) -> str:
        """The same for the legal entity identifier."""
        code = identifiers.normalised_lei(self.cleaned_data["lei"])
        if code and not identifiers.is_lei(code):
            raise forms.ValidationError(
                _("This is no valid LEI; it has 20 characters, the last two of which check it.")
            )
        return code

    @property
    def particulars(self) -> Particulars:
        """What the services take."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "file"}}
        return Particulars(**given)

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """What the form shows of an organisation that is already registered."""
        plain = {name: getattr(organisation, name) for name in (*AS_TYPED, "version")}
        return {**plain, "region": organisation.region.code, **(organisation.corrections or {})}


class RegistrationForm(OrganisationForm):
    """The entry with the letter that shows that the person may make it: one form (T36)."""

    file = forms.FileField(label=_("Authorising letter"), max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prepare(self.fields["file"], papers.DOOR)


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=LONGEST_MAIL)
    place = forms.ChoiceField(
        label=_("As"),
        help_text=_("An officer posts and proposes for the organisation; a member only belongs to it."),
    )

    def __init__(self, *args: Any, places: Sequence[Membership.Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [(place.value, place.label) for place in places]  # type: ignore[attr-defined]  # a choice field


class VerifyForm(forms.Form):
    """S4: the class is set at verification; an SME may sponsor too."""

    sponsor_class = forms.ChoiceField(
        label=_("Class as a sponsor"),
        choices=[("", _("none of these")), *SponsorClass.choices],
        required=False,
        help_text=_("Work packages reserved for small and medium enterprises go by this."),
    )
    by_hand = forms.BooleanField(
        label=_("I have compared it with the licence, the register's own page or by telephone."), required=False
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class RenewForm(forms.Form):
    """S5: the same organisation for another year."""

    by_hand = forms.BooleanField(
        label=_("I have compared it with the licence, the register's own page or by telephone."), required=False
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SupervisionForm(forms.Form):
    """S6: why it is suspended or restored."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The organisation's officers will read it."),
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
