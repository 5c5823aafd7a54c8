"""Giving up a seat, passing it on, drawing further experts: the pages of reviewer and officers (L11, L13)."""

import pytest
from django.test import Client

from marketplace.accounts.models import User
from tasks.adjudication import leaving, services
from tasks.adjudication.models import Assignment, FurtherDraw, Review
from tasks.challenges.models import Challenge
from tests import clock, factories
from tests.tasks.web_adjudication.stage import (
    address,
    at_browser,
    everything,
    fresh,
    judge,
    outsiders,
    pressed,
    running_case,
    seats,
    text_of,
    watcher,
)

pytestmark = pytest.mark.django_db

GIVEN_UP = {"reason": "与一家揭榜方有合作", "sure": "on"}


def giving_up(seat: Assignment, **changes: str):
    data = {**GIVEN_UP, "version": str(seat.version), **changes}
    return at_browser(seat.reviewer).post(address("recuse", seat.public_id), data)


def scored_case() -> Challenge:
    return factories.scored(running_case(answers=1), {"P01": 80})


def desk_of(challenge: Challenge, who: User):
    return at_browser(who).get(address("case", challenge.public_id))


def test_the_page_warns_and_nothing_happens_before_it_is_confirmed_with_a_reason() -> None:
    seat = seats(scored_case())[0]
    client, where = at_browser(seat.reviewer), address("recuse", seat.public_id)
    for page in (seat.get_absolute_url(), address("score", seat.public_id, "P01")):
        assert where in text_of(client.get(page))
    text = text_of(client.get(f"/en{where}"))
    assert "This cannot be undone" in text
    assert 'lang="en"' in text
    before = everything()
    for changes, field in (({"reason": " "}, "reason"), ({"reason": "长" * 501}, "reason"), ({"sure": ""}, "sure")):
        answer = giving_up(seat, **changes)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert answer.context["form"]["reason"].value() == {**GIVEN_UP, **changes}["reason"]
    stale = giving_up(seat, version="1")
    assert (stale.status_code, stale.context["form"]["reason"].value()) == (409, GIVEN_UP["reason"])
    assert everything() == before


def test_giving_up_closes_every_page_of_the_seat_and_shows_on_the_desk() -> None:
    challenge = scored_case()
    seat = seats(challenge)[0]
    factories.expert()
    assert giving_up(seat)["Location"] == address("reviews")
    client = at_browser(seat.reviewer)
    for name, args in (("assignment", ()), ("assignment_live", ()), ("recuse", ()), ("score", ("P01",))):
        answer = client.get(address(name, seat.public_id, *args))
        assert answer.status_code == 404, name
        assert "原位" not in text_of(answer)
    late = client.post(address("score", seat.public_id, "P01"), {"points_0": "90", "act": "save"})
    assert late.status_code == 404
    assert "方案题目" not in text_of(client.get(address("reviews")))
    for who in (judge(challenge), watcher(challenge)):
        answer = desk_of(challenge, who)
        text = text_of(answer)
        assert GIVEN_UP["reason"] in text
        assert [line.void for line in answer.context["file"].seats] == [1, 0, 0]
        assert answer.context["file"].sheet is None
        assert "80.00" not in text
    assert text_of(desk_of(challenge, judge(challenge))).count(address("draw_further", challenge.public_id)) == 1
    assert address("draw_further", challenge.public_id) not in text_of(desk_of(challenge, watcher(challenge)))


def test_after_the_decision_the_page_says_that_it_is_too_late() -> None:
    challenge = scored_case()
    seat = seats(challenge)[0]
    factories.adjudicated(challenge)
    before = everything()
    page = at_browser(seat.reviewer).get(address("recuse", seat.public_id))
    assert (page.status_code, page.context["open"]) == (200, False)
    late = giving_up(seat)
    assert (late.status_code, late.context["form"]["reason"].value()) == (422, GIVEN_UP["reason"])
    assert everything() == before


def test_the_seat_is_given_up_by_its_reviewer_alone() -> None:
    challenge = scored_case()
    seat, other, _third = seats(challenge)
    people = outsiders(challenge) | {"adjudicator": judge(challenge), "other": other.reviewer}
    before = everything()
    for who, person in people.items():
        client = at_browser(person) if isinstance(person, User) else Client()
        status = 302 if who == "anonymous" else 404
        where = address("recuse", seat.public_id)
        assert (client.get(where).status_code, client.post(where, GIVEN_UP).status_code) == (status, status), who
    assert everything() == before


def test_further_experts_are_drawn_from_the_desk_and_both_draws_can_be_recomputed_there() -> None:
    challenge = scored_case()
    giving_up(seats(challenge)[0])
    assert desk_of(challenge, judge(challenge)).context["file"].exhausted
    assert pressed(challenge, judge(challenge), "draw_further").status_code == 422
    new = factories.expert()
    before = everything()
    for person in (watcher(challenge), *outsiders(challenge).values()):
        if isinstance(person, User):
            before = everything()
            assert pressed(challenge, person, "draw_further").status_code in {404, 422}
            assert everything() == before
    assert pressed(challenge, judge(challenge), "draw_further", version="1").status_code == 409
    assert everything() == before
    assert pressed(challenge, judge(challenge), "draw_further").status_code == 302
    made = FurtherDraw.objects.get()
    text = text_of(desk_of(challenge, watcher(challenge)))
    assert made.seed in text
    assert made.panel.seed in text
    assert new.public_id in made.pool
    trail = text_of(Client().get(fresh(challenge).get_absolute_url()))
    assert made.seed in trail
    assert GIVEN_UP["reason"] not in trail
    assert not any(name in trail for name in Assignment.objects.values_list("reviewer__display_name", flat=True))


@pytest.mark.parametrize(("takers", "said"), [(2, "fewer than three are left"), (3, "review may start")])
def test_with_nobody_left_to_ask_the_desk_says_plainly_what_is_possible(takers: int, said: str) -> None:
    challenge = running_case(answers=1, reviewers=5)
    Challenge.objects.filter(pk=challenge.pk).update(state="SEALED")
    for seat in seats(challenge)[takers:]:
        giving_up(seat)
    answer = at_browser(judge(challenge)).get("/en" + address("case", challenge.public_id))
    assert said in text_of(answer)
    assert answer.context["file"].may.start is (takers == 3)


def test_a_seat_whose_time_is_over_is_passed_on_from_the_desk_by_the_adjudicator() -> None:
    challenge = running_case(answers=1)
    idle = seats(challenge)[0]
    where = address("release", challenge.public_id, idle.public_id)
    assert where not in text_of(desk_of(challenge, judge(challenge)))
    assert pressed(challenge, judge(challenge), "release", idle.public_id, version="2").status_code == 422
    services.save_review(public_id=idle.public_id, code="P01", actor=idle.reviewer, points={}, comment="未完")
    clock.shift(days=30)
    assert where in text_of(desk_of(challenge, judge(challenge)))
    assert where not in text_of(desk_of(challenge, watcher(challenge)))
    assert pressed(challenge, watcher(challenge), "release", idle.public_id, version="2").status_code == 422
    assert pressed(challenge, judge(challenge), "release", idle.public_id, version="1").status_code == 409
    assert pressed(challenge, judge(challenge), "release", idle.public_id, version="2").status_code == 302
    assert Review.objects.get().state == "VOID"
    assert at_browser(idle.reviewer).get(idle.get_absolute_url()).status_code == 404


def test_the_pages_say_how_much_time_there_is() -> None:
    challenge = running_case(answers=1)
    seat = seats(challenge)[0]
    client, where = at_browser(seat.reviewer), "/en" + seat.get_absolute_url()
    page = text_of(client.get(where))
    assert f"within {leaving.REVIEW_WORKING_DAYS} working days" in page
    Assignment.objects.filter(pk=seat.pk).update(state="INVITED")
    page = text_of(client.get(where))
    assert f"within {leaving.ANSWER_WORKING_DAYS} working days" in page
