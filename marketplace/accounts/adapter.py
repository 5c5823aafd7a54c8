"""How django-allauth writes our people and our letters: names from the sign-up form, links from SITE_URL."""

from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import events, second_factor
from marketplace.accounts.models import Acceptance, User
from marketplace.accounts.terms import TEXTS
from marketplace.kernel.concealing import conceal, reveal
from marketplace.kernel.verdicts import Allowed
from marketplace.outbox.record import record

LONGEST_MAIL = 254
"""Characters: what the columns hold. A longer address would be cut, and so become somebody else's."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Our people have no user name; signing up is a fact like any other."""

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """There is none."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  # allauth calls it so
        """Write the person, what they agreed to and the fact of their coming together."""
        with transaction.atomic():
            user.display_name = form.cleaned_data.get("display_name", "")
            user.language = get_language() or "zh-hans"
            super().save_user(request, user, form, commit=commit)
            if commit:
                agreed = [Acceptance(user=user, code=one.code, edition=one.current) for one in TEXTS]
                Acceptance.objects.bulk_create(agreed)
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

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By what guesses at one account are counted: the library looks at addresses, here a number is a name too."""
        named = credentials.pop("phone", None)
        key: str = super()._get_login_attempts_cache_key(request, **({"email": named} if named else credentials))
        return key

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter whose links lead home, whatever host and port the request named: whoever asks may be a stranger."""
        links = {name: at_home(link) for name, link in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, {**context, **links})


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """Second factors: their secrets are concealed, and whoever must have one keeps the last."""

    PURPOSE: ClassVar[str] = "second factor"
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it has been used already: please wait for the next one."),
        "cannot_delete_authenticator": _(
            "Your office asks for two-step sign-in, so you keep this until you have set another one up."
        ),
        "cannot_generate_recovery_codes": _("Recovery codes stand in for an app or a passkey: set one up first."),
    }

    def encrypt(self, text: str) -> str:
        """As the database keeps a secret."""
        return conceal(text, purpose=self.PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises CannotDecrypt."""
        return reveal(encrypted_text, purpose=self.PURPOSE)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody whose office asks for one."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return second_factor.strong(others).exists() or not second_factor.is_required_of(authenticator.user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002  # allauth calls it so
        """What a passkey is called until its owner names it."""
        before = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": before + 1}

    def _get_site_name(self) -> str:
        """What an authenticator app writes beside the code: our name and not the host's."""
        return gettext("Zhongyan")


def at_home(link: str) -> str:
    """The same page under SITE_URL."""
    return urljoin(settings.SITE_URL, urlsplit(link).path)
