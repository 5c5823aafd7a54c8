"""How django-allauth writes our people and our letters: names from the sign-up form, links from SITE_URL."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from marketplace.accounts import events
from marketplace.accounts.models import User
from marketplace.kernel.verdicts import Allowed
from marketplace.outbox.record import record

LONGEST_MAIL = 254
"""Characters: what the columns hold. A longer address would be cut, and so become somebody else's."""


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

    def set_password(self, user: User, password: str) -> None:
        """Write the password alone: what else is known of the person may be older than the row by now."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def clean_email(self, email: str) -> str:
        """The address, at sign-up and wherever one is added. Raises ValidationError for one that no column holds."""
        MaxLengthValidator(LONGEST_MAIL)(email)
        return email

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter whose links lead home, whatever host and port the request named: whoever asks may be a stranger."""
        links = {name: at_home(link) for name, link in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, {**context, **links})


def at_home(link: str) -> str:
    """The same page under SITE_URL."""
    return urljoin(settings.SITE_URL, urlsplit(link).path)
