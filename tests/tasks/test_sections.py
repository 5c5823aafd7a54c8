"""A section for each criterion of the call, and what generative AI had to do with it."""

import pytest

from tasks.challenges.models import Challenge
from tasks.challenges.posting import CriterionLine
from tasks.proposals import content, keeping, queries, services
from tasks.proposals.content import Answer
from tasks.proposals.models import Proposal
from tests import factories

pytestmark = pytest.mark.django_db

CRITERIA = (
    CriterionLine("能量密度", 50, kind="NUMBER", op="≥", limit="400", unit="Wh/kg", test_method="CATARC 1C"),
    CriterionLine("能国产化", 20, kind="YES_NO", test_method="物料清单"),
    CriterionLine("路线可行", 30, guideline="看证据。"),
)
ANSWERS = (Answer("412.5", "三次平均"), Answer("YES", "全部国产"), Answer("", "见中试数据"))


def call() -> Challenge:
    """An open challenge that asks for a number, a yes or no, and a judgement."""
    return factories.open_challenge(criteria=CRITERIA)


def draft(**changes: object) -> Proposal:
    """A draft answer to it."""
    return factories.proposal_draft(call(), **changes)


def missing(proposal: Proposal) -> list[str]:
    """The fields that keep it from being submitted."""
    return [problem.field for problem in content.problems(proposal.content, proposal.challenge)]


def test_each_criterion_has_a_section_and_its_claim_is_read_with_the_unit() -> None:
    proposal = draft(answers=ANSWERS)
    found = content.sections(proposal.content, proposal.challenge.criteria.all())
    assert [(one.criterion.name, one.claim_words, one.answer.text) for one in found] == [
        ("能量密度", "412.5 Wh/kg", "三次平均"),
        ("能国产化", str(content.YesNo.YES.label), "全部国产"),
        ("路线可行", "", "见中试数据"),
    ]
    assert missing(proposal) == []


def test_a_single_criterion_that_is_judged_asks_for_nothing_beside_the_indicators() -> None:
    challenge = factories.open_challenge(criteria=(CriterionLine("达标", 100, guideline="看证据。"),))
    assert content.sections(factories.content(), challenge.criteria.all()) == []


@pytest.mark.parametrize(
    ("answers", "wanting"),
    [
        ((), ["claim_0", "claim_1"]),
        ((Answer("400"),), ["claim_1"]),
        ((Answer("四百"), Answer("NO")), ["claim_0"]),
        ((Answer("1e3"), Answer("NO")), ["claim_0"]),
        ((Answer("-400.0"), Answer("NO")), []),
    ],
)
def test_a_number_and_a_yes_or_no_are_needed_and_words_are_not(answers: tuple[Answer, ...], wanting: list[str]) -> None:
    assert missing(draft(answers=answers)) == wanting


def test_what_reviewers_will_miss_is_said_and_stops_nothing() -> None:
    proposal = draft(answers=(Answer("400"), Answer("NO", "进口"), Answer()))
    said = content.advice(proposal.content, proposal.challenge.criteria.all())
    assert [problem.field for problem in said] == ["answer_0", "answer_2"]
    assert missing(proposal) == []


@pytest.mark.parametrize(
    ("changes", "wanting"),
    [
        ({"ai_use": ""}, ["ai_use"]),
        ({"ai_use": "CONTENT"}, ["ai_note"]),
        ({"ai_use": "CONTENT", "ai_note": "检索文献,逐条核对。"}, []),
        ({"ai_use": "LANGUAGE"}, []),
    ],
)
def test_whether_ai_was_used_is_said_before_submitting(changes: dict[str, str], wanting: list[str]) -> None:
    assert missing(draft(answers=ANSWERS, **changes)) == wanting


def test_what_was_kept_before_there_were_sections_is_still_read() -> None:
    earlier = {name: value for name, value in vars(factories.content()).items() if name not in {"answers", "ai_use"}}
    said = content.Content.of({**earlier, "ai_note": ""})
    assert (said.title, said.answers, said.ai_use) == (factories.content().title, (), "")


def test_the_sections_go_through_the_envelope_whole() -> None:
    sealed = factories.submitted_proposal(call(), answers=ANSWERS)
    code = factories.code_of(sealed.public_id)
    envelope = queries.last_envelope(sealed)
    assert envelope is not None
    read = services.reread_proposal(public_id=sealed.public_id, actor=sealed.author, code=code)
    assert read.content.answers == ANSWERS
    assert keeping.from_envelope(read.as_bytes()).content == read.content
