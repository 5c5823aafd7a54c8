"""Where strangers type an address: signing in and up, a forgotten password, a further address.

Known and unknown addresses are answered alike and cost alike: the same questions, rows and hashes
(docs/decisions/0011-the-doors.md). What differs is the letter, which only the owner of the address reads (I19).
"""

from copy import copy
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, LoginForm, ResetPasswordForm
from allauth.account.internal.flows.email_verification import get_address_for_user
from allauth.account.models import EmailAddress
from allauth.account.utils import has_verified_email
from allauth.account.views import SignupView
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.accounts import mobile_numbers, queries, sms
from marketplace.accounts.adapter import LONGEST_MAIL
from marketplace.accounts.models import User
from marketplace.accounts.tokens import ResetTokens
from marketplace.kernel.ids import public_id

NOBODY = 0
"""No account has this key."""


class SignUp(SignupView):  # type: ignore[misc]  # allauth carries no types
    """Signing up: account, agreement, fact and letter are written together or not at all."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)
            return answer


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth carries no types
    """Signing in by e-mail address or, where text messages are sent, by mobile number (settings.ACCOUNT_FORMS)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.takes_numbers = sms.offered()
        if self.takes_numbers:
            widget = forms.TextInput(attrs={"autocomplete": "username"})
            label = gettext_lazy("E-mail address or mobile number")
            self.fields["login"] = forms.CharField(label=label, max_length=LONGEST_MAIL, widget=widget)

    def clean_login(self) -> str:
        """The address, or the number in E.164: guesses at one number are counted together however it is written."""
        typed: str = super().clean_login()
        if not self.takes_numbers:
            return typed
        number = mobile_numbers.normalised(typed)
        if not number:
            _require_address(typed)
        return number or typed

    def user_credentials(self) -> dict[str, Any]:
        """A number is not taken for an address, in the session neither."""
        given: dict[str, Any] = super().user_credentials()
        if "@" not in given["email"]:
            given["phone"] = given.pop("email")
        return given

    def _clean_with_password(self, credentials: dict[str, Any]) -> Any:
        try:
            return super()._clean_with_password(credentials)
        except ValidationError as refused:
            if not self.takes_numbers or refused.code != "email_password_mismatch":
                raise
            raise ValidationError(_("The name or the password is not right."), code=refused.code) from None


def _require_address(typed: str) -> None:
    try:
        validate_email(typed)
    except ValidationError:
        raise ValidationError(_("This is neither an e-mail address nor a mobile number.")) from None


class Rehearsed:
    """A form that signs people up: where the address is taken, everything is done for a stand-in and taken back."""

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:  # type: ignore[attr-defined]  # allauth's form has it
            _rehearse(self, request)
            return super().try_save(request)  # type: ignore[misc]  # the same
        with transaction.atomic():
            return super().try_save(request)  # type: ignore[misc]  # the same


def _rehearse(form: Any, request: HttpRequest) -> None:
    """What becomes of somebody new, up to the letter, and then of nobody."""
    stand_in = copy(form)
    stand_in.cleaned_data = {**form.cleaned_data, "email": f"{public_id()}@stand-in.invalid"}
    stand_in.account_already_exists = False
    with transaction.atomic():
        person = stand_in.save(request)
        has_verified_email(person)
        _ = get_address_for_user(person).user
        transaction.set_rollback(True)


class ResetForm(ResetPasswordForm):  # type: ignore[misc]  # allauth carries no types
    """A forgotten password: a key goes to whoever signs in with the address, to anybody else word that none does."""

    def clean_email(self) -> str:
        address: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        found = queries.person_at(address)
        self.users = [found] if found is not None and found.is_active else []
        return address

    def save(self, request: HttpRequest, **more: Any) -> str:
        if not self.users:
            ResetTokens().make_token(User(pk=NOBODY, email=self.cleaned_data["email"]))
        address: str = super().save(request, **more)
        return address


class FurtherAddressForm(AddEmailForm):  # type: ignore[misc]  # allauth carries no types
    """A further address: whose it is otherwise is not even asked; only its owner can confirm it."""

    def clean_email(self) -> str:
        address: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        if EmailAddress.objects.filter(user=self.user, email=address).exists():
            raise get_adapter().validation_error("duplicate_email")
        return address
