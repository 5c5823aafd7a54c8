"""Reviewers' pages: an invitation that tells nothing, masked proposals, scores only their giver sees (L11, L13)."""

from typing import Any

import pytest
from django.test import Client

from marketplace.accounts.models import User
from tasks.adjudication import services
from tasks.adjudication.models import Assignment, Review
from tasks.challenges.models import Challenge
from tests import factories
from tests.tasks.web_adjudication.stage import (
    address,
    at_browser,
    closed_case,
    everything,
    fresh,
    judge,
    opened_case,
    outsiders,
    running_case,
    seats,
    text_of,
    watcher,
)

pytestmark = pytest.mark.django_db

DECLARED = {"declared": ["0", "1", "2", "3"]}
SECRET = ("方案题目", "解题人", "P01", "原位")


def invited_case() -> Challenge:
    """Opened, checked, drawn: three invitations are out."""
    challenge = opened_case()
    for _ in range(5):
        factories.expert()
    services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    for code in ("P01", "P02"):
        services.admit_proposal(public_id=challenge.public_id, code=code, actor=judge(challenge))
    return fresh(challenge)


def first_seat(challenge: Challenge) -> Assignment:
    return seats(challenge)[0]


def at_desk_of(seat: Assignment) -> Client:
    return at_browser(seat.reviewer)


def points(challenge: Challenge, given: str, **changes: str) -> dict[str, str]:
    return {f"points_{place}": given for place in range(challenge.criteria.count())} | {
        "comment": "论证充分",
        **changes,
    }


def lock(challenge: Challenge, given: str = "80", **changes: str) -> dict[str, str]:
    return points(challenge, given, sure="on", act="lock", **changes)


def test_an_invitation_shows_the_challenge_and_nothing_of_the_proposals() -> None:
    challenge = invited_case()
    seat = first_seat(challenge)
    text = text_of(at_desk_of(seat).get(seat.get_absolute_url()))
    assert challenge.description in text
    assert not any(word in text for word in SECRET)
    listed = at_desk_of(seat).get(address("reviews"))
    assert [(one.duty.value, one.due, one.locked) for one in listed.context["seats"]] == [("ANSWER", 0, 0)]
    assert not any(word in text_of(listed) for word in SECRET)
    assert at_desk_of(seat).get(address("score", seat.public_id, "P01")).status_code == 404


def test_accepting_takes_every_sentence_of_the_declaration() -> None:
    seat = first_seat(invited_case())
    before = everything()
    for declared in ([], ["0", "1", "2"], ["0", "0", "0", "0"], ["9"]):
        answer = at_desk_of(seat).post(address("accept", seat.public_id), {"declared": declared})
        assert (answer.status_code, list(answer.context["failed"].errors)) == (422, ["declared"])
    assert everything() == before
    at_desk_of(seat).post(address("accept", seat.public_id), {**DECLARED, "version": seat.version})
    seat.refresh_from_db()
    assert seat.state == "ACCEPTED"
    assert len(seat.declaration.splitlines()) == 4


def test_after_acceptance_nothing_is_shown_until_the_review_starts() -> None:
    challenge = invited_case()
    seat = first_seat(challenge)
    client = at_desk_of(seat)
    client.post(address("accept", seat.public_id), DECLARED)
    for where in (seat.get_absolute_url(), address("assignment_live", seat.public_id), address("reviews")):
        assert not any(word in text_of(client.get(where)) for word in SECRET)
    assert client.get(address("score", seat.public_id, "P01")).status_code == 404


def test_declining_needs_a_reason_and_invites_the_next() -> None:
    challenge = invited_case()
    seat = first_seat(challenge)
    client = at_desk_of(seat)
    before = everything()
    empty = client.post(address("decline", seat.public_id), {"reason": " "})
    assert (empty.status_code, list(empty.context["failed"].errors)) == (422, ["reason"])
    assert everything() == before
    answer = client.post(address("decline", seat.public_id), {"reason": "时间冲突", "version": seat.version})
    assert answer["Location"] == address("reviews")
    assert len(seats(challenge)) == 3
    assert client.get(seat.get_absolute_url()).status_code == 404


def test_a_conflict_in_the_records_keeps_a_seat_from_being_taken() -> None:
    challenge = invited_case()
    seat = first_seat(challenge)
    assert challenge.sponsor
    factories.member(challenge.sponsor, seat.reviewer)
    before = everything()
    answer = at_desk_of(seat).post(address("accept", seat.public_id), DECLARED)
    assert answer.status_code == 422
    assert answer.context["failed"].non_field_errors()
    assert everything() == before


def test_an_invitation_to_a_call_that_has_ended_is_no_longer_open() -> None:
    challenge = opened_case(1)
    for _ in range(3):
        factories.expert()
    services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    services.reject_proposal(public_id=challenge.public_id, code="P01", actor=judge(challenge), reason="缺件")
    services.declare_failed(public_id=challenge.public_id, actor=judge(challenge), reasons="")
    seat = first_seat(challenge)
    before = everything()
    assert at_desk_of(seat).get(seat.get_absolute_url()).context["seat"].duty.value == "OVER"
    assert at_desk_of(seat).post(address("accept", seat.public_id), DECLARED).status_code == 422
    assert everything() == before


def test_a_proposal_is_read_without_author_and_team() -> None:
    seat = first_seat(running_case())
    text = text_of(at_desk_of(seat).get(address("score", seat.public_id, "P01")))
    assert "在正极表面原位生成离子导电层" in text
    assert "界面阻抗 8" in text
    assert not any(word in text for word in ("解题人", "课题组六人"))


def test_scores_are_saved_in_part_and_shown_again() -> None:
    challenge = running_case()
    seat = first_seat(challenge)
    where = address("score", seat.public_id, "P01")
    data = points(challenge, "", act="save", points_0="88", comment="未完")
    assert at_desk_of(seat).post(where, data)["Location"] == where
    form = at_desk_of(seat).get(where).context["form"]
    assert [field.value() for _criterion, field in form.lines] == [88, None]
    assert form["comment"].value() == "未完"
    assert Review.objects.get().state == "DRAFT"


def test_locking_makes_them_final_and_readable() -> None:
    challenge = running_case()
    seat = first_seat(challenge)
    client, where = at_desk_of(seat), address("score", seat.public_id, "P01")
    assert client.post(where, lock(challenge))["Location"] == seat.get_absolute_url()
    page = client.get(where)
    assert page.context["locked"]
    assert "data-scoring" not in text_of(page)
    before = everything()
    again = client.post(where, lock(challenge, "10", comment="想改"))
    assert again.status_code == 409
    assert "想改" in text_of(again)
    assert everything() == before


def test_a_review_that_ends_while_its_scores_are_on_their_way_gives_back_what_was_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    challenge = running_case()
    seat = first_seat(challenge)
    lock_review = services.lock_review

    def decided_meanwhile(**given: Any) -> Review:
        Challenge.objects.filter(pk=challenge.pk).update(state="NOTICE")
        return lock_review(**given)

    monkeypatch.setattr(services, "lock_review", decided_meanwhile)
    late = at_desk_of(seat).post(address("score", seat.public_id, "P01"), lock(challenge, comment="写了很久的意见"))
    assert late.status_code == 409
    assert "写了很久的意见" in text_of(late)


BAD_SCORES: tuple[tuple[str, str], ...] = (
    ("points_1", ""),
    ("points_0", "101"),
    ("points_0", "-1"),
    ("points_0", "1e2"),
    ("points_0", "80.5"),
    ("points_0", "9" * 5000),
    ("comment", "  "),
    ("comment", "长" * 5001),
    ("sure", ""),
)


def test_bad_scores_are_told_beside_their_field_and_kept() -> None:
    challenge = running_case()
    seat = first_seat(challenge)
    at_desk_of(seat).get(address("score", seat.public_id, "P01"))  # being shown it is on record, once a day
    before = everything()
    for field, typed in BAD_SCORES:
        answer = at_desk_of(seat).post(address("score", seat.public_id, "P01"), lock(challenge) | {field: typed})
        form = answer.context["form"]
        assert (answer.status_code, list(form.errors)) == (422, [field])
        assert field == "sure" or form[field].value() == typed
    assert everything() == before


def test_a_script_in_a_comment_is_only_text() -> None:
    challenge = running_case()
    seat = first_seat(challenge)
    where = address("score", seat.public_id, "P01")
    at_desk_of(seat).post(where, lock(challenge, comment="<script>alert(1)</script>"))
    assert "<script>alert" not in text_of(at_desk_of(seat).get(where))


def test_scores_after_the_decision_are_not_taken_and_the_text_is_given_back() -> None:
    challenge = factories.scored(running_case(answers=1, reviewers=3), {"P01": 80})
    seat = first_seat(challenge)
    factories.adjudicated(challenge)
    before = everything()
    answer = at_desk_of(seat).post(address("score", seat.public_id, "P01"), lock(challenge, comment="晚了一步"))
    assert answer.status_code == 409
    assert "晚了一步" in text_of(answer)
    assert everything() == before
    assert at_desk_of(seat).get(address("reviews")).context["seats"][0].duty.value == "OVER"


def test_nobody_sees_what_another_reviewer_gave() -> None:
    challenge = running_case()
    first, second, _third = seats(challenge)
    at_desk_of(first).post(address("score", first.public_id, "P01"), lock(challenge, "93", comment="绝密评语"))
    for where in (address("score", second.public_id, "P01"), second.get_absolute_url(), address("reviews")):
        text = text_of(at_desk_of(second).get(where))
        assert "绝密评语" not in text
        assert 'value="93"' not in text


READS: dict[str, tuple[str, ...]] = {"assignment": (), "assignment_live": (), "score": ("P01",)}


def test_a_seat_is_read_by_its_reviewer_alone() -> None:
    challenge = running_case()
    seat, other, _third = seats(challenge)
    people = outsiders(challenge) | {
        "adjudicator": judge(challenge),
        "supervisor": watcher(challenge),
        "another reviewer": other.reviewer,
        "solver": challenge.proposals.all()[0].author,
    }
    for name, args in READS.items():
        where = address(name, seat.public_id, *args)
        answers = {who: at_browser(person).get(where).status_code for who, person in people.items()}
        anonymous = 404 if name == "assignment_live" else 302
        assert answers == dict.fromkeys(people, 404) | {"anonymous": anonymous}
        assert at_desk_of(seat).get(where).status_code == 200
        assert at_desk_of(seat).get(address(name, "0" * 16, *args)).status_code == 404


@pytest.mark.parametrize("name", ["accept", "decline", "score"])
def test_a_verb_is_the_reviewers_alone_and_refusal_changes_nothing(name: str) -> None:
    challenge = running_case() if name == "score" else invited_case()
    seat, other, _third = seats(challenge)
    people: dict[str, object] = dict(outsiders(challenge)) | {
        "adjudicator": judge(challenge),
        "supervisor": watcher(challenge),
        "another reviewer": other.reviewer,
        "solver": challenge.proposals.all()[0].author,
    }
    data = {"accept": DECLARED, "decline": {"reason": "不"}, "score": lock(challenge)}[name]
    where = address(name, seat.public_id, *(("P01",) if name == "score" else ()))
    before = everything()
    answers = {who: _as(person).post(where, data).status_code for who, person in people.items()}
    assert answers == dict.fromkeys(people, 404) | {"anonymous": 302}
    assert everything() == before
    assert at_desk_of(seat).post(where, data).status_code == 302
    assert everything() != before


def _as(person: object) -> Client:
    return at_browser(person) if isinstance(person, User) else Client()


def test_a_verb_opened_as_a_page_leads_to_the_seat() -> None:
    seat = first_seat(invited_case())
    for name in ("accept", "decline"):
        assert at_desk_of(seat).get(address(name, seat.public_id))["Location"] == seat.get_absolute_url()


def test_answering_twice_is_told() -> None:
    seat = first_seat(invited_case())
    client = at_desk_of(seat)
    client.post(address("accept", seat.public_id), DECLARED | {"version": seat.version})
    before = everything()
    answer = client.post(address("decline", seat.public_id), {"reason": "改主意", "version": seat.version})
    assert answer.status_code == 409
    assert everything() == before


def test_the_list_puts_first_what_waits_for_the_reviewer() -> None:
    reviewer = factories.person()
    done = factories.scored(running_case(answers=1), {"P01": 70})
    for challenge in (done, running_case(), invited_case()):
        Assignment.objects.filter(pk=first_seat(challenge).pk).update(reviewer=reviewer)
    listed = at_browser(reviewer).get(address("reviews")).context["seats"]
    assert [(one.duty.value, one.locked, one.due) for one in listed] == [
        ("ANSWER", 0, 0),
        ("SCORE", 0, 2),
        ("AWAIT_DECISION", 1, 1),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_seats_as_for_one(rows: int, django_assert_num_queries) -> None:
    reviewer = factories.person()
    for _ in range(rows):
        Assignment.objects.filter(pk=first_seat(running_case()).pk).update(reviewer=reviewer)
    client = at_browser(reviewer)
    with django_assert_num_queries(3):
        client.get(address("reviews"))


def test_people_without_a_seat_have_an_empty_list() -> None:
    answer = at_browser(factories.person()).get(address("reviews"))
    assert (answer.status_code, answer.context["seats"]) == (200, [])
    assert at_browser(closed_case().author).get(address("reviews_live")).status_code == 200


def test_of_two_windows_the_second_overwrites_nothing_and_keeps_what_was_typed() -> None:
    challenge = running_case()
    seat = first_seat(challenge)
    client, where = at_desk_of(seat), address("score", seat.public_id, "P01")
    assert client.get(where).context["form"]["version"].value() == 0
    client.post(where, points(challenge, "88", act="save", comment="第一个窗口", version="0"))
    before = everything()
    for act in ("save", "lock"):
        late = client.post(where, lock(challenge, "40", comment="第二个窗口", version="0") | {"act": act})
        text = text_of(late)
        assert late.status_code == 409
        assert all(said in text for said in ("第一个窗口", "第二个窗口", ">88<", ">40<"))
        form = late.context["form"]
        assert [field.value() for _criterion, field in form.lines] == ["40", "40"]
        assert everything() == before
    now = Review.objects.get().version
    assert f'name="version" value="{now}"' in text.replace(' id="id_version"', "")
    assert client.post(where, points(challenge, "40", act="save", version=str(now))).status_code == 302
    assert set(Review.objects.get().scores.values_list("points", flat=True)) == {40}


def test_the_same_save_sent_twice_is_simply_saved() -> None:
    challenge = running_case()
    seat = first_seat(challenge)
    client, where = at_desk_of(seat), address("score", seat.public_id, "P01")
    data = points(challenge, "88", act="save", version="0")
    assert [client.post(where, data).status_code for _ in range(2)] == [302, 302]
    assert Review.objects.get().version == 2


def test_a_field_that_was_emptied_is_not_scored_any_more() -> None:
    challenge = running_case()
    seat = first_seat(challenge)
    client, where = at_desk_of(seat), address("score", seat.public_id, "P01")
    client.post(where, points(challenge, "88", act="save"))
    client.post(where, points(challenge, "88", act="save", points_1=""))
    form = client.get(where).context["form"]
    assert [field.value() for _criterion, field in form.lines] == [88, None]
