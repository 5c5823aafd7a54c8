"""Somebody says what they can do and is found by it; what they keep to themselves is found by nobody."""

import json

import pytest
from playwright.sync_api import Browser

from marketplace.demo.cast import PASSWORD
from tests.journeys.browser import Visitor, visitor
from tests.journeys.platform import Platform
from tests.journeys.test_identity import signed_up
from tests.profiles.records import record, work

pytestmark = pytest.mark.journey

EMAIL, NAME = "gu.xiyan@grid.example", "顾惜砚"
SECRET = "尚未公开的合作意向"


def test_a_researcher_fills_a_profile_publishes_it_and_is_found(platform: Platform, browser: Browser) -> None:
    owner = signed_up(visitor(browser, platform.address), EMAIL, NAME, "")
    page = owner.go("/profile/").page
    owner.press("main a[href='/people/mine/']")
    assert "0 / 100" in page.inner_text("main aside")
    page.fill("input[name=headline]", "配电网故障定位研究者")
    page.check("input[name=kinds][value=RESEARCHER]")
    page.fill("textarea[name=expertise]", "行波测距，配电网单相接地故障的在线辨识。")
    page.check("input[name=fields_chosen][value=power-grid]")
    page.fill("textarea[name=achievements]", SECRET)
    page.select_option("select[name=seen_achievements]", "PRIVATE")
    owner.press("main form[method=post]:not([action]) button.primary")
    assert page.input_value("textarea[name=achievements]") == SECRET
    stranger = visitor(browser, platform.address)
    found = f"main a:has-text('{NAME}')"
    assert stranger.go("/people/?q=单相接地").page.locator(found).count() == 0
    owner.press("form[action$='/mine/publish/'] button")
    take_over(owner)
    stranger.go("/people/?q=单相接地")
    assert SECRET not in stranger.page.content()
    stranger.press(found)
    assert "行波测距" in stranger.page.inner_text("main")
    assert SECRET not in stranger.page.content()
    assert stranger.go(f"/people/?q={SECRET}").page.locator(found).count() == 0
    member = visitor(browser, platform.address).sign_in("researcher@zhongyan.example", PASSWORD)
    member.go("/en/people/?q=单相接地").press(found)
    assert "Travelling waves" in member.page.inner_text("main")
    assert SECRET not in member.page.content()
    where = member.page.url
    owner.go("/people/mine/").press("form[action$='/mine/withdraw/'] button")
    answer = member.page.goto(where)
    assert answer is not None
    assert answer.status == 404
    assert [*owner.complaints, *stranger.complaints] == []


def take_over(owner: Visitor) -> None:
    """Two works of a record of ORCID, of which one is chosen."""
    page = owner.go("/people/mine/import/").page
    said = record(work("Travelling waves in feeders", doi="10.5555/a"), work("A work to leave out", doi="10.5555/b"))
    content = json.dumps(said).encode()
    page.set_input_files("input[name=file]", {"name": "r.json", "mimeType": "application/json", "buffer": content})
    owner.press("main form[action$='/import/'] button[type=submit]")
    page.uncheck("label:has-text('A work to leave out') input")
    owner.press("main form[action$='/take/'] button[type=submit]")
    assert "Travelling waves" in page.inner_text("main")
    assert "A work to leave out" not in page.inner_text("main")
