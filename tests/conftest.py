from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from marketplace.provisions.catalogue import catalogue
from tests import clock
from tests.provisions.promises import COLLECTED, Promises


def pytest_configure(config: pytest.Config) -> None:
    """A run in which a test that a provision rests on does not pass is red, whatever else holds."""
    if not hasattr(config, "workerinput"):
        promised = [test for row in catalogue().provisions() for test in row.tests]
        config.pluginmanager.register(Promises(promised), "provisions-promises")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Remember what there is before a tier's marks leave some of it out."""
    config.stash[COLLECTED] = frozenset(item.nodeid.partition("[")[0] for item in items)


@pytest.fixture(autouse=True)
def real_time() -> Iterator[None]:
    """Every test begins and leaves with the platform's clock at real time."""
    clock.reset()
    yield
    clock.reset()


@pytest.fixture(autouse=True, scope="session")
def second_factor_shown() -> Iterator[None]:
    """`force_login` signs in with a second factor, as people in an office do; who wants none signs in by the form."""
    user_logged_in.connect(_show)
    yield
    user_logged_in.disconnect(_show)


def _show(request: HttpRequest, user: Any, **_signal: Any) -> None:
    from marketplace.accounts import second_factor  # models are ready only now

    if "REMOTE_ADDR" not in request.META:  # no browser: the test client's own request
        second_factor.note_shown(request, user)


@pytest.fixture(autouse=True)
def first_language() -> None:
    """Every test begins in the platform's first language: a request under /en/ leaves its own behind."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def letters_are_rows(settings: Any) -> None:
    """The platform's own mail backend, which pytest-django would replace: letters are rows in tests as anywhere."""
    settings.EMAIL_BACKEND = "marketplace.notices.mail.QueueBackend"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """No piece of a page outlives its test: the next one has another database."""
    caches["pieces"].clear()


@pytest.fixture
def in_english(first_language: None) -> None:
    """For tests that recognise a refusal by its English words."""
    translation.activate("en")


@pytest.fixture
def django_assert_num_queries() -> Callable[[int], AbstractContextManager[None]]:
    """The literal query count of a page, alike on both databases: asking PostgreSQL what time it is does not count."""

    @contextmanager
    def exactly(number: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as asked:
            yield
        counted = [query["sql"] for query in asked.captured_queries if "clock_timestamp" not in query["sql"]]
        assert len(counted) == number, "\n".join([f"{len(counted)} queries, not {number}:", *counted])

    return exactly
