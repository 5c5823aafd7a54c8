"""Versions of a draft: what is different, taking one back, and that nothing of them outlives the draft."""

import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.kernel.errors import Expected, NotFound, Stale
from tasks.proposals import services, versions
from tasks.proposals.models import DraftVersion, Proposal
from tests import clock, factories
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = pytest.mark.django_db


def draft() -> Proposal:
    """A complete draft answer, saved once by hand."""
    return factories.proposal_draft(factories.open_challenge())


def saved(proposal: Proposal, approach: str, *, by_hand: bool = True) -> Proposal:
    """It saved again with another approach."""
    content = factories.content(approach=approach)
    return services.save_proposal(
        public_id=proposal.public_id, actor=proposal.author, content=content, organisation=None, by_hand=by_hand
    )


def approaches(proposal: Proposal) -> list[str]:
    """What the versions said, the latest first."""
    return [one.content.approach for one in versions.of(proposal)]


def test_saving_by_hand_keeps_a_version_and_autosaving_only_once_in_a_while() -> None:
    proposal = draft()
    first = proposal.content.approach
    saved(proposal, "二", by_hand=False)
    assert approaches(proposal) == [first]
    saved(proposal, "三")
    assert approaches(proposal) == ["三", first]
    clock.shift(seconds=versions.ONCE_IN.total_seconds() + 1)
    saved(proposal, "四", by_hand=False)
    saved(proposal, "五", by_hand=False)
    assert approaches(proposal) == ["四", "三", first]


def test_the_same_text_twice_is_one_version_and_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST", 3)
    proposal = draft()
    for said in ("一", "一", "二", "三", "四"):
        saved(proposal, said)
    assert approaches(proposal) == ["四", "三", "二"]


def test_taking_one_back_loses_nothing() -> None:
    proposal = draft()
    first = proposal.content.approach
    saved(proposal, "二")
    latest = saved(proposal, "没有按保存", by_hand=False)
    services.take_back(public_id=proposal.public_id, actor=proposal.author, number=1, version=latest.version)
    again = Proposal.objects.get(pk=proposal.pk)
    assert again.content.approach == first
    assert approaches(again) == [first, "没有按保存", "二", first]


def test_taking_one_back_over_what_another_window_saved_is_stale() -> None:
    proposal = draft()
    seen = saved(proposal, "二").version
    saved(proposal, "三")
    with pytest.raises(Stale):
        services.take_back(public_id=proposal.public_id, actor=proposal.author, number=1, version=seen)


@pytest.mark.parametrize("end", ["submit", "withdraw", "open"])
def test_with_the_draft_its_versions_go(end: str) -> None:
    proposal = draft()
    code = proposal.as_kept.code
    saved(proposal, "二")
    services.submit_proposal(public_id=proposal.public_id, actor=proposal.author)
    if end != "submit":
        services.replace_proposal(public_id=proposal.public_id, actor=proposal.author, code=code)
        saved(proposal, "三")
        assert DraftVersion.objects.exists()
    if end == "withdraw":
        services.withdraw_proposal(public_id=proposal.public_id, actor=proposal.author)
    if end == "open":
        factories.opened(factories.closed(proposal.challenge))
    assert not DraftVersion.objects.exists()


def test_the_pages_show_what_was_put_in_and_taken_out_to_its_author_alone() -> None:
    proposal = draft()
    saved(proposal, proposal.content.approach + "加入电解液添加剂。")
    browser = at_browser(proposal.author)
    listed = browser.get(f"/proposals/{proposal.public_id}/versions/").content.decode()
    assert f"/proposals/{proposal.public_id}/versions/1/" in listed
    compared = browser.get(f"/proposals/{proposal.public_id}/versions/1/").content.decode()
    assert "<ins>加入电解液添加剂。</ins>" in compared
    assert browser.get(f"/proposals/{proposal.public_id}/versions/9/").status_code == 404
    stranger = at_browser(factories.person())
    for page in ("versions/", "versions/1/"):
        assert stranger.get(f"/proposals/{proposal.public_id}/{page}").status_code == 404
    answer = browser.post(f"/proposals/{proposal.public_id}/versions/1/take-back/", {"version": 0})
    assert answer.status_code == 409


def test_no_version_of_somebody_elses() -> None:
    mine, other = draft(), draft()
    with pytest.raises(NotFound):
        versions.numbered(mine, 2)
    with pytest.raises(Expected):
        services.take_back(public_id=mine.public_id, actor=other.author, number=1)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="一二三四ab \n", max_size=80), st.text(alphabet="一二三四ab \n", max_size=80))
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = list(versions.pieces(before, after))
    assert "".join(one.text for one in pieces if one.change <= 0) == before
    assert "".join(one.text for one in pieces if one.change >= 0) == after


def test_a_long_chinese_text_is_compared_within_its_patience() -> None:
    before = "".join(chr(0x4E00 + (place * 7919) % 20000) for place in range(20_000))
    after = "".join(chr(0x4E00 + (place * 104729) % 20000) for place in range(20_000))
    began = time.monotonic()
    list(versions.pieces(before, after))
    assert timedelta(seconds=time.monotonic() - began) < timedelta(seconds=10 * versions.PATIENCE)
