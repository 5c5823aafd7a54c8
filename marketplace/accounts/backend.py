"""How a session's person is loaded: with the answer to whether their sessions must show a second factor."""

from allauth.account.auth_backends import AuthenticationBackend

from marketplace.accounts import queries, second_factor
from marketplace.accounts.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth carries no types
    """Signing in as allauth does it (settings.AUTHENTICATION_BACKENDS)."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, in one query, with what their menu shows; None for a closed account."""
        people = User.objects.annotate(works_in_back_office=queries.in_back_office())  # type: ignore[no-redef]  # declared
        person = second_factor.knowing_whether(people.filter(pk=user_id)).first()
        return person if person is not None and person.is_active else None

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """Compare the password once, with one person's; the library compares it with everybody's who named the address.

        Where there is nobody, `authenticate` hashes it all the same.
        """
        found: User | None = self._check_password(queries.person_at(email), password)
        return found

    def _authenticate_by_phone(self, phone: str, password: str) -> User | None:
        """The same by a mobile number, which the form has normalised."""
        found: User | None = self._check_password(queries.person_with(phone), password)
        return found
