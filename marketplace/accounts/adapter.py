"""How django-allauth writes our people: display name and language come from the sign-up form and the page."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from marketplace.accounts import events
from marketplace.accounts.models import User
from marketplace.kernel.verdicts import Allowed
from marketplace.outbox.record import record


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Our people have no user name; signing up is a fact like any other."""

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """There is none."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  # allauth calls it so
        """Write the person and the fact of their coming together."""
        with transaction.atomic():
            user.display_name = form.cleaned_data.get("display_name", "")
            user.language = get_language() or "zh-hans"
            super().save_user(request, user, form, commit=commit)
            if commit:
                record(events.PersonSignedUp.of(user), by=Allowed(user.public_id, "USER"))
        return user
