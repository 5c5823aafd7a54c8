"""The draw of experts can be recomputed by an outsider and cannot be steered (L11)."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from tasks.adjudication.lottery import drawn_order, pool_digest, seats

pools = st.sets(st.text("0123456789abcdef", min_size=4, max_size=4), min_size=3, max_size=12)


@given(pools, st.text(max_size=8))
def test_the_order_is_a_permutation_that_only_pool_and_seed_decide(pool: set[str], seed: str) -> None:
    order = drawn_order(sorted(pool), seed)
    assert sorted(order) == sorted(pool)
    assert order == drawn_order(sorted(pool, reverse=True), seed)


def test_the_recipe_is_the_published_one() -> None:
    pool, seed = ["aa", "bb", "cc"], "s"
    by_hand = sorted(pool, key=lambda one: hashlib.sha256(f"s:{one}".encode()).hexdigest())
    assert drawn_order(pool, seed) == by_hand
    assert pool_digest(["bb", "aa"]) == hashlib.sha256(b"aa\nbb").hexdigest()


@given(pools, st.text(max_size=8), st.sampled_from([3, 5, 7]))
def test_seats_are_distinct_and_one_is_from_outside_where_there_is_one(pool: set[str], seed: str, size: int) -> None:
    order = drawn_order(pool, seed)
    outside = {max(pool)}
    chosen = seats(order, size, outside)
    assert len(set(chosen)) == len(chosen) == min(size, len(pool))
    assert outside & set(chosen)


def test_without_anybody_from_outside_the_order_stands() -> None:
    assert seats(["a", "b", "c", "d"], 3, []) == ["a", "b", "c"]


def test_an_outsider_far_down_the_order_takes_the_last_seat_only() -> None:
    assert seats(["a", "b", "c", "d", "e"], 3, ["e", "d"]) == ["a", "b", "d"]
