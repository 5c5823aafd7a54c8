"""How a session's person is loaded: with the answer to whether their sessions must show a second factor."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection
from django.utils import timezone

from marketplace.accounts import queries, second_factor
from marketplace.accounts.models import User

ANYBODY, ANY_TIME = -(2**31), datetime(1970, 1, 1, tzinfo=UTC)
"""Stand for the person and the moment in the statement that is made once."""


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """Every signed-in request asks this; to have Django put it together anew costs ten times what it costs to ask."""
    people = User.objects.annotate(works_in_back_office=queries.in_back_office(ANY_TIME))  # type: ignore[no-redef]  # declared
    asked = second_factor.knowing_whether(people.filter(pk=ANYBODY)).order_by()
    statement, values = asked.query.sql_with_params()
    return statement, values


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth carries no types
    """Signing in as allauth does it (settings.AUTHENTICATION_BACKENDS)."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, in one query, with what their menu shows; None for a closed account."""
        statement, values = _statement()
        written = connection.ops.adapt_datetimefield_value  # SQLite keeps moments as text
        # The moment is for the menu alone; pages ask the policy, which asks the platform's clock.
        asked = {ANYBODY: int(user_id), written(ANY_TIME): written(timezone.now())}
        filled = [asked.get(one, one) for one in values]
        person = next(iter(User.objects.raw(statement, filled)), None)
        if person is None or not person.is_active:
            return None
        for answer in ("works_in_back_office", "must_show_second_factor"):
            setattr(person, answer, bool(getattr(person, answer)))  # SQLite says 0 and 1
        return person

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
