import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from marketplace.kernel import clock
from marketplace.kernel.reading import reading
from tests import clock as movable

pytestmark = pytest.mark.django_db


def test_the_clock_is_aware_and_near_real_time() -> None:
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_clock_moves_with_its_offset() -> None:
    before = clock.now()
    movable.shift(days=3)
    assert timedelta(days=3) <= clock.now() - before < timedelta(days=3, seconds=5)


@pytest.mark.production
def test_inside_a_transaction_time_goes_on() -> None:
    """PostgreSQL's now() stands still in a transaction and would accept a late proposal; ours does not (I12)."""
    assert connection.vendor == "postgresql"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        first = clock.now()
        cursor.execute("SELECT pg_sleep(0.05), now()")
        assert clock.now() - first >= timedelta(seconds=0.05)


@pytest.mark.production
def test_a_page_reckons_from_what_the_database_last_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_heard", None)
    with CaptureQueriesContext(connection) as asked, reading():
        first = clock.now()
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked, reading():
        assert timedelta() <= clock.now() - first < timedelta(seconds=1)
    assert not len(asked)


@pytest.mark.production
def test_whoever_acts_asks_the_database_whatever_a_page_has_reckoned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_heard", (time.monotonic(), datetime(2000, 1, 1, tzinfo=UTC)))
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.production
def test_what_the_database_said_is_soon_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_heard", (time.monotonic() - clock.LASTS - 1, datetime(2000, 1, 1, tzinfo=UTC)))
    with reading():
        assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.production
def test_an_act_asks_for_its_moment_once_and_the_next_one_anew() -> None:
    with CaptureQueriesContext(connection) as asked:
        with clock.one_moment():
            decided = clock.now()
            time.sleep(0.01)
            assert clock.now() == decided
        assert clock.now() - decided >= timedelta(seconds=0.01)
    assert len(asked) == 2


def test_the_moment_ends_with_an_act_that_fails() -> None:
    with pytest.raises(ZeroDivisionError), clock.one_moment():
        raise ZeroDivisionError
    first = clock.now()
    time.sleep(0.002)
    assert clock.now() > first
