"""The opening: three people at three machines and moments; pages that are open hear of it; then it is read by number.

The owner sees that it was opened, and later who read it. Officers show in between that their phrase is at hand.
"""

from pathlib import Path

import pytest

from tests.journeys.browser import Visitor, until
from tests.journeys.story import (
    OFFICERS,
    Story,
    accept,
    begin_the_review,
    bring,
    drawn,
    first_to_score,
    has_it_at_hand,
    id_in,
    in_both_languages,
    move_clock,
    open_with_phrase,
    publish,
    saves_by_itself,
    seal,
    write,
)

pytestmark = pytest.mark.journey

TITLES = {"": "钠电软碳复合负极循环寿命提升", "/en": "钠电层状正极空气稳定性改性"}
OWNER, SUPERVISOR, ADJUDICATOR = "researcher", "supervisor", "adjudicator"
FIRST, SECOND = OFFICERS
RAW_DATA = "循环 2000 次,容量保持率 88.4 %。\n".encode()
PATIENCE = 120.0
"""Seconds an open page is given to change by itself when the clock has just closed dozens of calls at once."""
MISSING = "#opening-record ol.ledger li > .soft"
"""One for each of the three who has not confirmed yet."""


@in_both_languages
def test_three_people_open_and_the_owner_sees_who_reads(people: Story, prefix: str) -> None:
    story = people.begins(prefix)
    publish(story, TITLES[prefix])
    proposal = answer(story)
    phrase_is_at_hand(story)
    until_the_deadline(story)
    open_one_after_another(story)
    owner_sees(story, proposal)
    read_by_number(story)
    owner_sees_readers(story, proposal)
    assert story.complaints() == {}


def answer(story: Story) -> str:
    """One proposal with a file, sealed; its owner keeps the page open from now on."""
    owner = story.at(OWNER, f"/challenges/{story.posting}/")
    owner.press("form[action$='/propose/'] button[type=submit]")
    write(owner.page, "硬软碳复合与预钠化")
    saves_by_itself(owner.page, "input[name=price]", "240")
    bring(owner, "cycles.txt", "text/plain", RAW_DATA, purpose="EVIDENCE")
    seal(owner)
    return id_in(owner.page)


def phrase_is_at_hand(story: Story) -> None:
    """Within thirty days each officer types the phrase anew; a wrong one is told beside the field."""
    officer = story.at(FIRST, "/opening-keys/")
    officer.page.fill("input[name=phrase]", "six words that are wrong")
    officer.press("form[action$='/prove/'] button", status=422)
    assert officer.page.locator("[data-error-summary]").count() == 1
    has_it_at_hand(officer)
    assert officer.page.locator("section[aria-labelledby=key-state] strong:not(:has(code))").count() == 0
    assert all("422" in said for said in officer.complaints)
    officer.complaints.clear()


def until_the_deadline(story: Story) -> None:
    """Before it the record of the opening is there for nobody's proposals; the adjudicator opens it and waits."""
    assert story.person(FIRST).asks(f"{story.prefix}/desk/{story.posting}/") == 404
    record = story.at(ADJUDICATOR, f"/openings/{story.posting}/")
    assert record.page.locator(MISSING).count() == 3
    assert record.page.locator("#opening-record table").count() == 0
    move_clock(story, "deadline")


def open_one_after_another(story: Story) -> None:
    """The supervisor, a day later one officer, then the other: each step is seen on a page nobody touches."""
    record, place = story.person(ADJUDICATOR), f"/openings/{story.posting}/"
    story.at(SUPERVISOR, place).press("form[action$='/confirm/'] button")
    changes(record, missing=2)
    move_clock(story, "day")
    open_with_phrase(story.at(FIRST, place))
    changes(record, missing=1)
    assert record.page.locator("#opening-record table").count() == 0, "two of three open nothing"
    open_with_phrase(story.at(SECOND, place))
    record.sees("#opening-record tbody tr", PATIENCE)
    assert record.page.locator("#opening-record tbody tr").count() == 1
    assert record.page.locator("#opening-record tbody strong").count() == 0, "as sealed"


def changes(record: Visitor, missing: int) -> None:
    """The page comes to say that so many have not confirmed yet."""
    until(lambda: record.page.locator(MISSING).count() == missing, PATIENCE, f"never {missing} missing")


def read_by_number(story: Story) -> None:
    """The adjudicator and one of the reviewers drawn open the file, which bears a number and no name."""
    adjudicator = story.at(ADJUDICATOR, f"/desk/{story.posting}/proposals/P01/")
    assert downloaded(adjudicator).read_bytes() == RAW_DATA
    adjudicator.go(f"{story.prefix}/desk/{story.posting}/")
    reviewers = drawn(story)
    for reviewer in reviewers:
        accept(reviewer, TITLES[story.prefix], story.prefix)
    begin_the_review(adjudicator)
    first_to_score(reviewers[0], TITLES[story.prefix], story.prefix)
    assert "cycles" not in reviewers[0].page.content(), "how its owner called it could tell who it is"
    assert downloaded(reviewers[0]).read_bytes() == RAW_DATA


def downloaded(reader: Visitor) -> Path:
    """The first file of the proposal on the page."""
    with reader.page.expect_download() as arrived:
        reader.page.click("section[id^=files-] tbody th a")
    return arrived.value.path()


def owner_sees_readers(story: Story, proposal: str) -> None:
    """By office and number: the adjudicator who read the whole, and reviewer 1."""
    owner = story.at(OWNER, f"/proposals/{proposal}/")
    owner.page.click("#proposal-standing details > summary >> nth=0")
    lines = owner.page.locator("#proposal-standing details ul.ledger > li").all_inner_texts()
    words = ("Adjudicator", "Reviewer 1") if story.prefix else ("审定人", "评审专家 1")
    assert all(any(word in line for line in lines) for word in words), lines
    assert not any(name in line for line in lines for name in ("贺正言", "顾明澄")), lines


def owner_sees(story: Story, proposal: str) -> None:
    """The page that the owner left open says by itself that it was opened, and under which number it is read."""
    owner = story.person(OWNER)
    assert f"/proposals/{proposal}/" in owner.page.url
    owner.sees("#proposal-standing b:has-text('P01')", PATIENCE)
