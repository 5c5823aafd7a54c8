"""Keys to a new password, as letters carry them."""

from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from marketplace.accounts.models import User


class ResetTokens(PasswordResetTokenGenerator):
    """Good for the person's addresses as they are now (settings.ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR).

    As the library's, which besides writes down an address where it finds a person without one: one question for all.
    """

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        addresses = EmailAddress.objects.filter(user_id=user.pk).values_list("email", flat=True)
        return super()._make_hash_value(user, timestamp) + "|".join(sorted({user.email, *addresses}))
