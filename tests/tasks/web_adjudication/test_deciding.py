"""The decision on the page: what is asked for, kept and refused, and how a call ends without an award (L14–L16)."""

import pytest

from tasks.adjudication.models import PublicNotice
from tasks.challenges.lifecycle import State
from tests import factories
from tests.tasks.web_adjudication.stage import (
    address,
    at_browser,
    everything,
    fresh,
    judge,
    opened_case,
    pressed,
    running_case,
    text_of,
    watcher,
)

pytestmark = pytest.mark.django_db


def decision(**changes: str) -> dict[str, str]:
    return {"winner": "P01", "reasons": "综合最优。", "deviation_reason": "", **changes}


def test_deciding_publishes_the_notice() -> None:
    challenge = factories.scored(running_case(), {"P01": 80, "P02": 70})
    answer = pressed(challenge, judge(challenge), "decide", **decision())
    assert answer.status_code == 302
    assert fresh(challenge).state == State.NOTICE
    notice = PublicNotice.objects.get()
    for who in (judge(challenge), watcher(challenge)):
        text = text_of(at_browser(who).get(address("case", challenge.public_id)))
        assert notice.get_absolute_url() in text
        assert "综合最优。" in text


BAD_DECISIONS: tuple[tuple[dict[str, str], str], ...] = (
    ({"winner": ""}, "winner"),
    ({"winner": "P09"}, "winner"),
    ({"winner": "<script>"}, "winner"),
    ({"reasons": " "}, "reasons"),
    ({"reasons": "长" * 5001}, "reasons"),
    ({"winner": "P02"}, "deviation_reason"),
)


def test_an_incomplete_decision_is_told_beside_its_field_and_kept() -> None:
    challenge = factories.scored(running_case(), {"P01": 80, "P02": 70})
    before = everything()
    for changes, field in BAD_DECISIONS:
        answer = pressed(challenge, judge(challenge), "decide", **decision(**changes))
        form = answer.context["decide_form"]
        assert (answer.status_code, list(form.errors)) == (422, [field])
        assert form["reasons"].value() == decision(**changes)["reasons"]
    assert everything() == before


def test_another_than_the_first_needs_a_reason_and_then_wins() -> None:
    challenge = factories.scored(running_case(), {"P01": 80, "P02": 70})
    pressed(challenge, judge(challenge), "decide", **decision(winner="P02", deviation_reason="更易实施"))
    assert fresh(challenge).awards.get().proposal.code == "P02"


def test_nothing_reached_the_threshold_and_the_call_ends() -> None:
    challenge = factories.scored(running_case(), {"P01": 50, "P02": 40})
    page = at_browser(judge(challenge)).get(address("case", challenge.public_id))
    assert (page.context["file"].may.decide, page.context["file"].may.fail) == (False, True)
    empty = pressed(challenge, judge(challenge), "fail", reasons="")
    assert (empty.status_code, list(empty.context["fail_form"].errors)) == (422, ["reasons"])
    pressed(challenge, judge(challenge), "fail", reasons="均未达到门槛")
    assert fresh(challenge).failure_reason == "BELOW_THRESHOLD"


def test_nothing_was_admitted_and_the_call_ends() -> None:
    challenge = opened_case(1)
    pressed(challenge, judge(challenge), "reject", "P01", reason="缺少附件")
    pressed(challenge, judge(challenge), "fail", reasons="")
    assert fresh(challenge).failure_reason == "NONE_ADMISSIBLE"


def test_who_decides_second_is_told_and_keeps_his_text() -> None:
    challenge = factories.scored(running_case(), {"P01": 80, "P02": 70})
    seen = str(fresh(challenge).version)
    pressed(challenge, judge(challenge), "decide", **decision())
    before = everything()
    late = pressed(challenge, judge(challenge), "decide", **decision(reasons="另一份理由", version=seen))
    assert late.status_code in {409, 422}
    assert late.context["lost"] == "另一份理由"
    assert "另一份理由" in text_of(late)
    assert everything() == before


def test_a_stale_page_is_answered_409_with_the_new_version_and_the_typed_text() -> None:
    challenge = factories.scored(running_case(), {"P01": 80, "P02": 70})
    before = everything()
    answer = pressed(challenge, judge(challenge), "decide", **decision(version="1"))
    assert answer.status_code == 409
    assert answer.context["decide_form"]["reasons"].value() == "综合最优。"
    assert f'name="version" value="{fresh(challenge).version}"' in text_of(answer)
    assert everything() == before


def test_an_adjudicator_bound_to_a_solver_is_told_why_he_cannot_decide() -> None:
    challenge = factories.scored(running_case(), {"P01": 80, "P02": 70})
    proposal = challenge.proposals.get(code="P01")
    proposal.organisation = factories.organisation(proposal.author)
    proposal.save()
    factories.member(proposal.organisation, judge(challenge))
    before = everything()
    page = at_browser(judge(challenge)).get(address("case", challenge.public_id))
    assert not page.context["file"].may.decide
    assert str(page.context["file"].may.denied) in text_of(page).replace("&#x27;", "'")
    assert pressed(challenge, judge(challenge), "decide", **decision()).status_code == 422
    assert everything() == before
