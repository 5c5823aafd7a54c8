"""The desk and the case: what each office sees and may press, from the opening to the decision (L10–L16)."""

import pytest

from tasks.adjudication import opening, services
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tests import factories
from tests.tasks.web_adjudication.stage import (
    address,
    alike,
    at_browser,
    closed_case,
    everything,
    fresh,
    judge,
    opened_case,
    outsiders,
    pressed,
    running_case,
    seats,
    text_of,
    watcher,
)

pytestmark = pytest.mark.django_db


def test_the_desk_says_whose_turn_it_is_and_puts_ones_own_first() -> None:
    call, reviewing, mine = factories.open_challenge(), running_case(1), opened_case()
    Challenge.objects.filter(pk__in=[call.pk, reviewing.pk]).update(adjudicator=mine.adjudicator)
    desk = at_browser(judge(mine)).get(address("desk")).context["desk"]
    assert [(row.challenge, row.mine) for row in desk.running] == [(mine, True), (reviewing, False)]
    assert (desk.calls, desk.calls_in_all, desk.ended) == ([call], 1, [])
    assert text_of(at_browser(judge(mine)).get(address("desk_live"))).count("<tr>") == 3


def test_people_without_a_case_have_an_empty_desk() -> None:
    answer = at_browser(factories.person()).get(address("desk"))
    assert answer.status_code == 200
    assert answer.context["desk"].running == answer.context["desk"].ended == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_asks_as_often_for_three_cases_as_for_one(rows: int, django_assert_num_queries) -> None:
    adjudicator = factories.person()
    for _ in range(rows):
        for made in (factories.open_challenge(), closed_case(), factories.opened(closed_case(0))):
            Challenge.objects.filter(pk=made.pk).update(adjudicator=adjudicator)
    client = at_browser(adjudicator)
    with django_assert_num_queries(17):
        client.get(address("desk"))


def test_before_the_opening_the_case_tells_nothing_about_proposals() -> None:
    pages = []
    for challenge in (closed_case(0), closed_case(3)):
        opening.confirm_opening(public_id=challenge.public_id, actor=watcher(challenge))
        answer = at_browser(judge(challenge)).get(address("case", challenge.public_id))
        file = answer.context["file"]
        assert (file.proposals, file.counts, file.sheet) == ([], [], None)
        pages.append(alike(text_of(answer)))
    assert pages[0] == pages[1]
    assert "方案题目" not in "".join(pages[1])


def test_the_formal_check_admits_and_rejects_with_a_reason() -> None:
    challenge = opened_case()
    pressed(challenge, judge(challenge), "admit", "P01")
    empty = pressed(challenge, judge(challenge), "reject", "P02", reason="  ")
    assert empty.status_code == 422
    assert list(empty.context["failed"].errors) == ["reason"]
    pressed(challenge, judge(challenge), "reject", "P02", reason="<i>附件</i>缺失")
    states = dict(challenge.proposals.values_list("code", "state"))
    assert states == {"P01": "UNDER_REVIEW", "P02": "INADMISSIBLE"}
    assert challenge.proposals.get(code="P02").rejection == "<i>附件</i>缺失"
    assert "<i>附件" not in text_of(at_browser(judge(challenge)).get(address("case", challenge.public_id)))


def test_the_officers_alone_read_a_proposal_in_full_and_only_once_opened() -> None:
    challenge = closed_case()
    where = address("case_proposal", challenge.public_id, "P01")
    assert at_browser(judge(challenge)).get(where).status_code == 404
    factories.opened(challenge)
    for who in (judge(challenge), watcher(challenge)):
        text = text_of(at_browser(who).get(where))
        assert "在正极表面原位生成离子导电层" in text
        assert "课题组六人" in text
        assert ("/admit/P01/" in text) == (who == judge(challenge))
    answers = {who: at_browser(person).get(where).status_code for who, person in outsiders(challenge).items()}
    assert answers == dict.fromkeys(answers, 404) | {"anonymous": 302}
    assert at_browser(judge(challenge)).get(address("case_proposal", challenge.public_id, "P09")).status_code == 404


def test_a_reason_too_long_is_refused_and_kept() -> None:
    challenge = opened_case()
    before = everything()
    answer = pressed(challenge, judge(challenge), "reject", "P01", reason="长" * 5001)
    assert answer.status_code == 422
    assert answer.context["failed"]["reason"].value() == "长" * 5001
    assert everything() == before


def test_the_draw_shows_pool_seed_and_seats_and_can_be_recomputed() -> None:
    challenge = opened_case()
    for _ in range(4):
        factories.expert()
    pressed(challenge, judge(challenge), "draw", size="3")
    panel = fresh(challenge).panel
    for who in (judge(challenge), watcher(challenge)):
        answer = at_browser(who).get(address("case", challenge.public_id))
        assert [line.recomputed for line in answer.context["file"].draws] == [True]
        text = text_of(answer)
        assert panel.seed in text
        assert panel.pool_digest in text
        assert all(seat.reviewer.display_name in text for seat in seats(challenge))


def test_a_panel_of_another_size_is_refused() -> None:
    challenge = opened_case()
    before = everything()
    for size in ("0", "4", "9", "three", ""):
        answer = pressed(challenge, judge(challenge), "draw", size=size)
        assert (answer.status_code, list(answer.context["failed"].errors)) == (422, ["size"])
    assert everything() == before


def test_too_few_experts_are_told() -> None:
    challenge = opened_case()
    before = everything()
    answer = pressed(challenge, judge(challenge), "draw", size="3")
    assert answer.status_code == 422
    assert answer.context["failed"].non_field_errors()
    assert everything() == before


def test_the_review_starts_when_all_is_ready() -> None:
    challenge = opened_case()
    for code in ("P01", "P02"):
        pressed(challenge, judge(challenge), "admit", code)
    for _ in range(3):
        factories.expert()
    pressed(challenge, judge(challenge), "draw", size="3")
    assert pressed(challenge, judge(challenge), "review_start").status_code == 422
    for seat in seats(challenge):
        services.accept_invitation(public_id=seat.public_id, actor=seat.reviewer, declaration="无")
    assert pressed(challenge, judge(challenge), "review_start").status_code == 302
    assert fresh(challenge).state == State.REVIEWING


def test_no_score_is_shown_before_every_proposal_has_its_quorum() -> None:
    challenge = running_case()
    criteria = list(challenge.criteria.all())
    for seat in seats(challenge)[:2]:
        for code in ("P01", "P02"):
            services.lock_review(
                public_id=seat.public_id,
                code=code,
                actor=seat.reviewer,
                points=dict.fromkeys(criteria, 77),
                comment="只给裁量者看",
            )
    answer = at_browser(judge(challenge)).get(address("case", challenge.public_id))
    assert answer.context["file"].sheet is None
    assert answer.context["file"].counts == [("P01", 2), ("P02", 2)]
    assert not any(shown in text_of(answer) for shown in ("77.00", "<td>77<"))
    assert "只给裁量者看" not in text_of(answer)


def test_the_ranking_names_experts_by_letters_in_an_order_of_its_own() -> None:
    challenge = factories.scored(running_case(), {"P01": 80, "P02": 55})
    file = at_browser(judge(challenge)).get(address("case", challenge.public_id)).context["file"]
    assert [(line.proposal.code, line.ranked.hundredths, line.reaches) for line in file.sheet.lines] == [
        ("P01", 8000, True),
        ("P02", 5500, False),
    ]
    assert [mark.reviewer for mark in file.sheet.lines[0].marks] == ["A", "B", "C"]
    assert not file.sheet.trimmed
    by_letter = sorted(seats(challenge), key=lambda seat: seat.public_id)
    assert [mark.comment for mark in file.sheet.lines[0].marks] == [
        seat.reviews.get(proposal__code="P01").comment for seat in by_letter
    ]


def test_from_five_reviewers_up_the_extremes_are_struck() -> None:
    challenge = running_case(answers=1, reviewers=5)
    criteria = list(challenge.criteria.all())
    for points, seat in zip((10, 70, 80, 90, 100), seats(challenge), strict=True):
        services.lock_review(
            public_id=seat.public_id,
            code="P01",
            actor=seat.reviewer,
            points=dict.fromkeys(criteria, points),
            comment="意见",
        )
    answer = at_browser(judge(challenge)).get(address("case", challenge.public_id))
    line = answer.context["file"].sheet.lines[0]
    assert line.ranked.hundredths == 8000
    assert sorted(mark.hundredths for mark in line.marks if mark.trimmed) == [1000, 10000]
    assert text_of(answer).count('<s class="trimmed">') == 2


VERBS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "admit": (("P01",), {}),
    "reject": (("P01",), {"reason": "不"}),
    "draw": ((), {"size": "3"}),
    "review_start": ((), {}),
    "decide": ((), {"winner": "P01", "reasons": "好"}),
    "fail": ((), {"reasons": "无"}),
}


def ready_for(verb: str) -> Challenge:
    """A case in which the adjudicator could press this very button."""
    if verb in {"admit", "reject"}:
        return opened_case()
    if verb == "draw":
        challenge = opened_case()
        for _ in range(3):
            factories.expert()
        return challenge
    if verb == "review_start":
        return _seated()
    points = {"P01": 80, "P02": 70} if verb == "decide" else {"P01": 20, "P02": 10}
    return factories.scored(running_case(), points)


def _seated() -> Challenge:
    challenge = opened_case()
    for code in ("P01", "P02"):
        services.admit_proposal(public_id=challenge.public_id, code=code, actor=judge(challenge))
    for _ in range(3):
        factories.expert()
    services.draw_panel(public_id=challenge.public_id, actor=judge(challenge))
    for seat in seats(challenge):
        services.accept_invitation(public_id=seat.public_id, actor=seat.reviewer, declaration="无")
    return challenge


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_the_adjudicators_alone_and_refusal_changes_nothing(name: str) -> None:
    challenge = ready_for(name)
    args, data = VERBS[name]
    strangers = outsiders(challenge)
    strangers |= {f"reviewer {seat.public_id}": seat.reviewer for seat in seats(challenge)[:1]}
    strangers |= {"solver": challenge.proposals.all()[0].author}
    before = everything()
    answers = {who: pressed(challenge, person, name, *args, **data).status_code for who, person in strangers.items()}
    assert answers == {who: 302 if who == "anonymous" else 404 for who in strangers}
    assert pressed(challenge, watcher(challenge), name, *args, **data).status_code == 422
    assert everything() == before
    assert pressed(challenge, judge(challenge), name, *args, **data).status_code == 302
    assert everything() != before


def test_the_case_is_read_by_its_two_officers_alone() -> None:
    challenge = closed_case()
    people = {**outsiders(challenge), "adjudicator": judge(challenge), "supervisor": watcher(challenge)}
    for name in ("case", "case_live"):
        where = address(name, challenge.public_id)
        answers = {who: at_browser(person).get(where).status_code for who, person in people.items()}
        allowed = {"anonymous": 302 if name == "case" else 404, "adjudicator": 200, "supervisor": 200}
        assert answers == dict.fromkeys(people, 404) | allowed
        assert at_browser(judge(challenge)).get(address(name, "0" * 16)).status_code == 404


def test_the_supervisor_is_offered_only_the_confirmation() -> None:
    challenge = closed_case()
    client = at_browser(watcher(challenge))
    offers = client.get(address("case", challenge.public_id)).context["file"].may
    assert (offers.confirm, offers.check, offers.draw, offers.decide) == (True, False, False, False)
    factories.scored(factories.under_review(factories.opened(challenge)), {"P01": 80, "P02": 70})
    text = text_of(client.get(address("case", challenge.public_id)))
    assert text.count("<form") == text_of(client.get(address("desk"))).count("<form")


def test_a_verb_opened_as_a_page_leads_back_to_the_case() -> None:
    challenge = closed_case()
    client = at_browser(judge(challenge))
    for name, (args, _data) in VERBS.items():
        answer = client.get(address(name, challenge.public_id, *args))
        assert answer["Location"] == address("case", challenge.public_id)


def test_the_live_part_is_the_pages_own() -> None:
    challenge = closed_case()
    client = at_browser(judge(challenge))
    page, part = (text_of(client.get(address(name, challenge.public_id))) for name in ("case", "case_live"))
    assert f'data-live="case:{challenge.public_id}"' in part
    assert part.strip().splitlines()[0] in page
    assert "<html" not in part


@pytest.mark.parametrize("answers", [1, 3])
def test_the_case_asks_as_often_for_three_proposals_as_for_one(answers: int, django_assert_num_queries) -> None:
    points = {f"P0{number}": 80 for number in range(1, answers + 1)}
    challenge = factories.scored(running_case(answers), points)
    client = at_browser(judge(challenge))
    with django_assert_num_queries(32):
        client.get(address("case", challenge.public_id))
