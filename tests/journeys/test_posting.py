"""Posting: a small firm in the short form, and a city's bureau with a batch of two, each from draft to public."""

import re
from datetime import date, timedelta

import pytest

from tests.journeys.browser import Visitor
from tests.journeys.story import TITLE, Story, approve, hand_in, id_in, in_both_languages, say_the_need, say_the_terms

pytestmark = pytest.mark.journey

SHORT = {
    *("title", "description", "fields", "indicators", "bounty"),
    *("contact_telephone", "contact_address", "no_secrets"),
}
"""The eight things that the short form of a small firm asks for."""
ASKED = """() => Array.from(document.querySelectorAll('main form [name]'))
    .filter(one => one.type !== 'submit' && one.type !== 'hidden' && one.checkVisibility())
    .map(one => one.name.split('-')[0])"""


@in_both_languages
def test_a_small_firm_posts_in_the_short_form(people: Story, prefix: str) -> None:
    story = people.begins(prefix)
    firm = story.at("sme", "/challenges/new/")
    page = firm.page
    assert set(page.evaluate(ASKED)) - {"sponsor"} == SHORT
    say_the_need(page)
    firm.press("button[name=then][value=preview]")
    assert page.locator(".alert[data-tone=ok]").count() == 1, page.inner_text("main")[:600]
    draft = id_in(page, "challenges")
    visitor = story.stranger("a visitor")
    assert visitor.asks(f"{prefix}/challenges/{draft}/") == 404
    firm.press("form[action$='/submit/'] button[type=submit]")
    story.at("administrator", "/my-work/").sees(f"main a[href*='{draft}']")
    approve(story, draft)
    assert TITLE in visitor.go(f"{prefix}/challenges/{draft}/").page.inner_text("h1")
    assert visitor.go(f"{prefix}/challenges/?sort=newest").page.locator(f"main a[href*='{draft}']").count() > 0
    assert story.complaints() == {}


@in_both_languages
def test_a_bureau_opens_a_batch_with_two_challenges(people: Story, prefix: str) -> None:
    story = people.begins(prefix)
    bureau, visitor = story.at("bureau", "/batches/"), story.stranger("a visitor")
    bureau.press("a[href$='/batches/new/']")
    name = f"南通市第{'二' if prefix else '一'}批船舶与海工榜单"
    batch, day = begin(bureau, name)
    calls = [add(bureau, f"{prefix}/batches/{batch}/", f"{name}之{number}") for number in "一二"]
    planned = line_of(visitor, prefix, batch)
    assert day in planned
    for one in calls:
        assert visitor.asks(f"{prefix}/challenges/{one}/") == 404
        approve(story, one, by="elsewhere")
    shown = visitor.go(f"{prefix}/batches/{batch}/").page
    assert [shown.locator(f"main a[href$='/challenges/{one}/']").count() > 0 for one in calls] == [True, True]
    assert day in shown.inner_text("main")
    assert line_of(visitor, prefix, batch) != planned, "it was planned, and is open now"
    assert day in line_of(visitor, prefix, batch)
    assert story.complaints() == {}


def begin(bureau: Visitor, name: str) -> tuple[str, str]:
    """Begin a batch that opens in a week of the platform's time; returns its id and that day."""
    page = bureau.page
    shown = re.search(r"\d{4}-\d{2}-\d{2}", page.inner_text(".demo-bar-wide .demo-bar-clock"))
    today = date.fromisoformat(shown[0]) if shown else date.today()  # noqa: DTZ011  # only a day ahead is needed
    day = (today + timedelta(days=7)).isoformat()
    page.check("input[name=kind][value=BATCH]")
    page.fill("input[name=title]", name)
    page.fill("input[name=opens_on]", day)
    page.fill("textarea[name=study]", "走访船舶与海工企业三十一家，共性难题集中在焊接变形与防腐。")
    bureau.press("main form[method=post] button.primary[type=submit]")
    return id_in(page, "batches"), day


def add(bureau: Visitor, batch: str, title: str) -> str:
    """Add a challenge to the batch and hand it in; returns its id."""
    page = bureau.go(batch).page
    bureau.press("a[href*='/challenges/new/?batch=']")
    say_the_need(page, title)
    say_the_terms(page)
    return hand_in(bureau)


def line_of(visitor: Visitor, prefix: str, batch: str) -> str:
    """What the calendar of batches says of one."""
    page = visitor.go(f"{prefix}/batches/").page
    return page.locator("main ol.ledger > li").filter(has=page.locator(f"a[href$='/batches/{batch}/']")).inner_text()
