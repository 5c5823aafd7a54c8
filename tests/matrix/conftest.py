import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings as shipped
from django.db import transaction
from django.test.utils import override_settings
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests import clock
from tests.matrix.asking import Asker
from tests.matrix.remembered import remembered
from tests.matrix.routes import ROOT
from tests.matrix.world import built

NEVER_ASKED = "http://127.0.0.1:9/"
"""A gateway for text messages, so that there are pages of mobile numbers."""


@pytest.fixture(scope="package")
def asker(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Asker]:
    """The one world of the matrix, inside a transaction that is undone at the end."""
    with (
        django_db_blocker.unblock(),
        override_settings(EMAIL_BACKEND="marketplace.notices.mail.QueueBackend", SMS_URL=NEVER_ASKED),
        translation.override(shipped.LANGUAGE_CODE),
        transaction.atomic(),
    ):
        clock.reset()
        world = built()
        with remembered(), _unheard():
            yield Asker(world)
        transaction.set_rollback(True)


@contextmanager
def _unheard() -> Iterator[None]:
    """None of the fifteen thousand requests has its line of log written, and captured."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def at_the_world_s_time(asker: Asker, real_time: None) -> None:
    """It is as late as when the world was finished."""
    clock.shift(seconds=asker.world.ahead.total_seconds())


@pytest.fixture
def demo(settings: Any) -> None:
    """The demonstration's addresses beside the product's; its clock stands."""
    settings.DEMO = True
    settings.ROOT_URLCONF = ROOT
