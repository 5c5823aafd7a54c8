"""What comes out alike in every request of the matrix, worked out once: who a cookie stands for, and addresses.

The world stands still, so a person's row does too; and where a name leads depends on the name and the language alone.
What a request decides by is never remembered: grants, memberships and every object are read anew each time.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache
from typing import Any
from unittest.mock import patch
from weakref import WeakKeyDictionary

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.test.utils import override_settings
from django.urls.resolvers import URLResolver
from django.utils.translation import get_language

from marketplace.accounts import backend
from marketplace.accounts.models import User

PEOPLE: dict[object, User | None] = {}


class Backend(backend.Backend):
    """The shipped one, asked once for each person; every request gets a copy of its own."""

    def get_user(self, user_id: Any) -> User | None:
        if user_id not in PEOPLE:
            PEOPLE[user_id] = super().get_user(user_id)
        return copy(PEOPLE[user_id])


@contextmanager
def remembered() -> Iterator[None]:
    """Sessions in their cookies, people and addresses in memory, until the end of the block."""
    PEOPLE.clear()
    with (
        override_settings(
            SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
            AUTHENTICATION_BACKENDS=[f"{__name__}.{Backend.__name__}"],
        ),
        patch.object(StaticFilesStorage, "url", cache(StaticFilesStorage.url)),
        patch.object(URLResolver, "_reverse_with_prefix", _once_for_each_language(URLResolver._reverse_with_prefix)),
    ):
        yield


def _once_for_each_language(reverse: Callable[..., str]) -> Callable[..., str]:
    known: WeakKeyDictionary[URLResolver, dict[Hashable, str]] = WeakKeyDictionary()

    def reversed_once(self: URLResolver, name: Any, prefix: str, /, *args: Any, **kwargs: Any) -> str:
        addresses = known.setdefault(self, {})
        asked = (name, prefix, args, tuple(sorted(kwargs.items())), get_language())
        if asked not in addresses:
            addresses[asked] = reverse(self, name, prefix, *args, **kwargs)
        return addresses[asked]

    return reversed_once
