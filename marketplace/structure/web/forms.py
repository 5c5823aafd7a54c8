"""What officers and owners type about how their organisation is made up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.web.forms import name_field
from marketplace.structure.domains import MAILBOXES


class DepartmentForm(forms.Form):
    """A new department."""

    name = name_field(label=_("Name of the department"), longest=80)


class ParentForm(forms.Form):
    """What it belongs to."""

    parent = forms.CharField(
        label=_("Belongs to"),
        max_length=120,
        help_text=_("Credit code, or the name exactly as it is shown here. Its owner is asked to confirm."),
    )


class DomainForm(forms.Form):
    """Which mail domain, and who there is written to."""

    domain = forms.CharField(
        label=_("Mail domain"), max_length=253, help_text=_("What stands behind the @ of your addresses.")
    )
    mailbox = forms.ChoiceField(
        label=_("Who gets the code"),
        choices=[(one, f"{one}@…") for one in MAILBOXES],
        help_text=_("Mailboxes that only whoever runs the domain can read."),
    )


class CodeForm(forms.Form):
    """What the letter says."""

    code = forms.CharField(
        label=_("Code of the letter"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
