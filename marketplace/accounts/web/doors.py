"""Where strangers type an address: signing up, a forgotten password, a further address.

Known and unknown addresses are answered alike and cost alike: the same questions, rows and hashes
(docs/decisions/0011-the-doors.md). What differs is the letter, which only the owner of the address reads (I19).
"""

from copy import copy
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm, ResetPasswordForm
from allauth.account.internal.flows.email_verification import get_address_for_user
from allauth.account.models import EmailAddress
from allauth.account.utils import has_verified_email
from allauth.account.views import SignupView
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from marketplace.accounts import queries
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
