from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from tests import clock


@pytest.fixture(autouse=True)
def real_time() -> Iterator[None]:
    """Every test begins and leaves with the platform's clock at real time."""
    clock.reset()
    yield
    clock.reset()


@pytest.fixture(autouse=True)
def first_language() -> None:
    """Every test begins in the platform's first language: a request under /en/ leaves its own behind."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def letters_are_rows(settings: Any) -> None:
    """The platform's own mail backend, which pytest-django would replace: letters are rows in tests as anywhere."""
    settings.EMAIL_BACKEND = "marketplace.notices.mail.QueueBackend"


@pytest.fixture
def in_english(first_language: None) -> None:
    """For tests that recognise a refusal by its English words."""
    translation.activate("en")
