"""A researcher comes by a government's identity provider, is verified, says what they can do, and is found by it."""

import httpx
import pytest
from playwright.sync_api import Browser
from stdnum.cn import ric

from tests.accounts.elsewhere import Elsewhere
from tests.journeys.browser import Visitor, visitor
from tests.journeys.platform import Platform
from tests.journeys.test_identity import compared

pytestmark = pytest.mark.journey

SUBJECT, EMAIL, NAME = "zhou-lan", "zhou.lan@institute.example", "周岚"
BODY = "42010219900307123"
CARD = BODY + ric.calc_check_digit(BODY + "0")


def test_a_researcher_comes_by_a_provider_is_verified_and_is_found(
    platform: Platform, browser: Browser, provider: Elsewhere
) -> None:
    researcher = come(visitor(browser, platform.address), provider)
    page = researcher.page
    researcher.go("/real-name/")
    page.fill("input[name=real_name]", NAME)
    page.fill("input[name=id_number]", CARD)
    page.select_option("select[name=region]", "420100")
    page.check("input[name=consent]")
    researcher.press("main form[method=post] button[type=submit]")
    assert CARD not in page.content()
    compared(visitor(browser, platform.address), NAME, CARD)
    researcher.sees("#real-name:has-text('可以提交方案')")
    fill_profile(researcher)
    stranger = visitor(browser, platform.address)
    stranger.go("/people/?q=固态电解质界面").press(f"main a:has-text('{NAME}')")
    assert "已实名" in stranger.page.inner_text("main")
    assert CARD not in stranger.page.content()
    assert [*researcher.complaints, *stranger.complaints] == []


def come(stranger: Visitor, provider: Elsewhere) -> Visitor:
    """Sign up by the provider's page, which says who it is and that the address is theirs."""
    httpx.put(f"{provider.address}/users/{SUBJECT}", json={"email": EMAIL, "email_verified": True, "name": NAME})
    page = stranger.go("/accounts/login/").page
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())  # the provider's page has a style sheet
    page.click("main :is(a, button):has-text('政务服务网')")
    page.wait_for_url(f"{provider.address}/**")
    page.fill("input[name=sub]", SUBJECT)
    page.click("button:has-text('Authorize')")
    page.wait_for_url(f"{stranger.address}/**")
    stranger.complaints.clear()
    page.fill("input[name=display_name]", NAME)
    page.check("input[name=agreed]")
    stranger.press("main form[method=post] button[type=submit]")
    return stranger


def fill_profile(owner: Visitor) -> None:
    """What can be found, and published."""
    page = owner.go("/people/mine/").page
    page.fill("input[name=headline]", "固态电池研究者")
    page.fill("textarea[name=expertise]", "硫化物固态电解质界面的原位表征。")
    owner.press("main form[method=post]:not([action]) button.primary")
    owner.press("form[action$='/mine/publish/'] button")
