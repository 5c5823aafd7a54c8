from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from marketplace.kernel import clock
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
