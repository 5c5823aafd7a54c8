"""The counts of failed sign-ins live in the cache's table: filling it must not wipe them away."""

import pytest
from django.core.cache import cache

pytestmark = pytest.mark.django_db


def test_a_flood_of_other_counts_leaves_the_first_one_standing() -> None:
    """Django's own limit is 300 rows; beyond it a third is thrown away, by the order of the keys."""
    cache.set("a_failed_sign_in", 5, 300)
    cache.set_many({f"b_{number}": 1 for number in range(320)}, 300)
    assert cache.get("a_failed_sign_in") == 5
