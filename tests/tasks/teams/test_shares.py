"""Shares add to 100 or are refused, and a digest stands for exactly one composition."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.models import Organisation, User
from tasks.teams import shares
from tasks.teams.models import TeamMember

PERCENT = st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)
LINES = st.lists(st.tuples(PERCENT, PERCENT, st.booleans()), min_size=2, max_size=6)
HOUSE = Organisation(public_id="H" * 16)


def members(lines: list[tuple[Decimal, Decimal, bool]]) -> list[TeamMember]:
    return [
        TeamMember(
            public_id=f"{number:016}",
            person=User(public_id=f"P{number:015}"),
            organisation=HOUSE if housed else None,
            work_share=work,
            reward_share=reward,
        )
        for number, (work, reward, housed) in enumerate(lines)
    ]


@given(LINES)
def test_what_passes_adds_to_a_hundred_exactly(lines: list[tuple[Decimal, Decimal, bool]]) -> None:
    found = members(lines)
    fits = sum(one[0] for one in lines) == 100 == sum(one[1] for one in lines)
    idle = any(not work and not reward for work, reward, _housed in lines)
    assert (not list(shares.problems(found))) == (fits and not idle)


@given(st.lists(st.integers(1, 1999), min_size=1, max_size=5))
def test_whatever_is_left_over_makes_it_whole(parts: list[int]) -> None:
    said = [Decimal(one) / 100 for one in parts]
    said = [*said, Decimal(100) - sum(said, Decimal(0))]
    assert list(shares.problems(members([(one, one, False) for one in said]))) == []


@given(LINES, st.data())
def test_another_composition_has_another_digest(
    lines: list[tuple[Decimal, Decimal, bool]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(lines) - 1))
    other = list(lines)
    other[place] = data.draw(st.tuples(PERCENT, PERCENT, st.booleans()).filter(lambda one: one != lines[place]))
    assert shares.digest(members(lines)) == shares.digest(members(lines))
    assert shares.digest(members(lines)) != shares.digest(members(other))


def test_a_third_reads_the_same_however_it_was_typed() -> None:
    one, two = (members([(Decimal(said), Decimal(100), False)]) for said in ("33.3", "33.30"))
    assert shares.composition(one) == shares.composition(two)
