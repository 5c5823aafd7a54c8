"""A lost telephone, in real browsers: from the shut door past two administrators to another second factor."""

import pytest
from playwright.sync_api import Browser

from marketplace.demo.cast import PASSWORD
from tests.journeys.browser import Visitor, visitor
from tests.journeys.platform import Platform

pytestmark = pytest.mark.journey

WHO = "supervisor@zhongyan.example"
SEND = "main form.account-form button[type=submit]"


def test_who_has_lost_theirs_is_let_in_by_two_administrators_a_day_later(platform: Platform, browser: Browser) -> None:
    official = at_the_second_step(visitor(browser, platform.address))
    official.press("a[href$='/2fa/lost/']")
    official.page.fill("textarea[name=reason]", "手机周一在出差途中丢失，恢复码存在同一部手机里。")
    official.press(SEND)
    assert "您已申请重置" in official.page.inner_text("main")

    first = looking_at_it(visitor(browser, platform.address), "security")
    first.page.fill("textarea[name=how]", "拨打其单位总机转接本人核对。")
    first.press("form[action$='/vouch/'] button")
    assert "待复核" in first.page.inner_text("section[aria-labelledby=waiting]")

    first.press(".demo-bar-wide button[name=jump][value=day]")
    second = looking_at_it(visitor(browser, platform.address), "security2")
    second.press("form[action$='/confirm/'] button")
    assert "已重置" in second.page.inner_text("section[aria-labelledby=over]")

    again = visitor(browser, platform.address)
    sign_in(again)
    assert again.page.url.endswith("/accounts/2fa/"), "no code is asked for: another second factor is to be set up"
    again.press("a[href$='/totp/activate/']")
    again.page.fill("input[name=password]", PASSWORD)
    again.press("main form[method=post] button[type=submit]")
    again.type_code()
    assert again.page.locator(".codes code").count() == 10
    assert [*official.complaints, *first.complaints, *second.complaints, *again.complaints] == []


def sign_in(window: Visitor) -> None:
    """With the password and no more."""
    window.go("/accounts/login/")
    window.page.fill("input[name=login]", WHO)
    window.page.fill("input[name=password]", PASSWORD)
    window.press("main form[method=post] button[type=submit]")


def at_the_second_step(window: Visitor) -> Visitor:
    sign_in(window)
    assert "/2fa/authenticate/" in window.page.url
    return window


def looking_at_it(window: Visitor, key: str) -> Visitor:
    """An administrator at the one request that waits."""
    window.sign_in(f"{key}@zhongyan.example", PASSWORD)
    window.go("/staff/second-factors/")
    window.press("section[aria-labelledby=waiting] a[href*='/second-factors/']")
    return window
