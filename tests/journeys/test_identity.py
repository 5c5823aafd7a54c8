"""Who people are, in real browsers: a passport from abroad, a house with a colleague, an office's second factor.

A browser takes passkeys at a host's name only, so whoever uses one comes by `localhost`.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import TimeoutError as TookTooLong

from marketplace.demo import cast
from marketplace.demo.cast import PASSWORD
from marketplace.identity import mrz
from tests import factories
from tests.journeys.browser import Visitor, visitor
from tests.journeys.platform import Platform
from tests.journeys.story import post
from tests.vault import made

pytestmark = pytest.mark.journey

EMAIL, NAME, OWN_PASSWORD = "mira.kovac@institute.example", "Mira Kovač", "a long pass phrase of hers"
NUMBER = "C01X0006H"
HOUSE = "武汉长江电芯有限公司"
LETTER = Path(cast.__file__).parent / "data" / "authorising_letter.png"


def zone(number: str, issuer: str = "D", expires: str | None = None) -> str:
    """The two lines of a passport that is nobody's, with check digits that fit."""
    last = expires or f"{datetime.now(UTC).year % 100 + 5:02d}0415"
    head = f"{number}{mrz.check_digit(number)}"
    dates = f"850101{mrz.check_digit('850101')}", f"{last}{mrz.check_digit(last)}"
    spare = "<" * 14 + mrz.check_digit("<" * 14)
    whole = mrz.check_digit(head + dates[0] + dates[1] + spare)
    below = f"{head}{issuer:<<3}{dates[0]}F{dates[1]}{spare}{whole}"
    return f"{'P<' + f'{issuer:<<3}' + 'KOVAC<<MIRA':<<44}\n{below}"


def test_a_postdoc_abroad_signs_up_says_who_she_is_and_is_verified(platform: Platform, browser: Browser) -> None:
    postdoc = signed_up(visitor(browser, platform.address), EMAIL, NAME, "/en")
    postdoc.go("/en/real-name/")
    page = postdoc.page
    page.fill("input[name=real_name]", NAME)
    page.check("input[name=kind][value=PASSPORT]")
    assert not page.is_visible("input[name=id_number]")
    page.fill("textarea[name=passport_lines]", zone(NUMBER).replace("KOVAC", "KOVAK")[:-1] + "<")
    page.select_option("select[name=region]", "DE")
    page.check("input[name=consent]")
    page.click("main form[method=post] button[type=submit]")
    page.wait_for_selector("[data-error-summary]")
    page.fill("textarea[name=passport_lines]", zone(NUMBER))
    postdoc.press("main form[method=post] button[type=submit]")
    assert "verification pending" in page.inner_text("#real-name")
    assert NUMBER not in page.content()
    compared(visitor(browser, platform.address), NAME, NUMBER)
    postdoc.sees("#real-name:has-text('You can submit proposals and be awarded')")
    assert [said for said in postdoc.complaints if "422" not in said] == []


def hand_in_extract(owner: Visitor) -> None:
    """On the page itself, by script; a program under the name of a paper is refused there, and the page goes on."""
    page, content = owner.page, made.pdf()
    page.select_option("select[name=purpose]", "REGISTER_EXTRACT")
    for name, sent, sign in (
        ("program.pdf", b"MZ", ".error-summary"),
        ("extract.pdf", content, "th:has-text('extract')"),
    ):
        page.set_input_files("input[name=file]", {"name": name, "mimeType": "application/pdf", "buffer": sent})
        page.click("form[data-upload] button")
        owner.sees(f"section[id^=files-] {sign}")
    refused = [one for one in owner.complaints if "422" in one]
    assert owner.complaints == refused
    owner.complaints.clear()


def test_an_enterprise_registers_is_verified_and_its_colleague_posts(platform: Platform, browser: Browser) -> None:
    boss, colleague = (f"{who}@changjiang-cells.example" for who in ("boss", "colleague"))
    owner = signed_up(visitor(browser, platform.address), boss, "江一舟", "")
    page = owner.go("/organisations/new/").page
    page.select_option("select[name=kind]", "ENTERPRISE")
    page.fill("input[name=name]", HOUSE)
    page.fill("input[name=uscc]", factories.credit_code(7_000_004))
    page.select_option("select[name=region]", "420100")
    page.set_input_files("input[name=file]", LETTER)
    owner.press("main form[method=post] button[type=submit]")
    here = page.url.removeprefix(platform.address)
    hand_in_extract(owner)
    assert page.locator("input[name=email]").count() == 0, "nobody is invited before the house is verified"
    office = visitor(browser, platform.address).sign_in("administrator@zhongyan.example", PASSWORD)
    office.go(here).sees("section[id^=files-] a[href*='/files/']")
    with office.page.expect_download() as arrived:
        office.page.click("section[id^=files-] a[href*='/files/']")
    assert arrived.value.path().read_bytes() == LETTER.read_bytes()
    office.go(here).press("form[action$='/verify/'] button[type=submit]")
    owner.go(here)
    page.fill("input[name=email]", colleague)
    page.select_option("select[name=place]", "OFFICER")
    owner.press("form[action$='/invite/'] button[type=submit]")
    page.fill("input[name=password]", OWN_PASSWORD)  # who shall act for the house is said with the password
    owner.press("main form[method=post] button[type=submit]")
    assert colleague in page.inner_text("section[aria-labelledby=members]"), "what was typed is not lost"
    joining = signed_up(visitor(browser, platform.address), colleague, "许知微", "")
    joining.go("/organisations/").press("a[href*='/invitations/']")
    joining.press("form[action$='/accept/'] button[type=submit]")
    assert "许知微" in owner.go(here).page.inner_text("section[aria-labelledby=members]")
    posting = post(joining)
    assert HOUSE in joining.go(f"/challenges/{posting}/").page.inner_text("main")
    assert [*owner.complaints, *joining.complaints, *office.complaints] == []


def test_an_official_sets_up_a_second_factor_and_then_a_passkey(platform: Platform, browser: Browser) -> None:
    official = visitor(browser, platform.address.replace("127.0.0.1", "localhost"))
    page = official.page
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    key.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    platform.manage("appoint", "bureau@zhongyan.example", "SUPERVISOR", "--region", "320000")
    official.sign_in("bureau@zhongyan.example", PASSWORD)
    assert page.url.endswith("/accounts/2fa/")
    official.press("a[href$='/totp/activate/']")
    page.fill("input[name=password]", PASSWORD)
    official.press("main form[method=post] button[type=submit]")
    official.type_code()
    assert page.locator(".codes code").count() == 10
    official.press("main .actions a.primary")
    assert page.url.endswith("/my-work/")
    official.go("/accounts/2fa/webauthn/add/")
    page.click("#passkey-add")
    page.wait_for_url("**/2fa/")
    official.go("/accounts/logout/").press("main form[method=post] button[type=submit]")
    official.go("/accounts/login/")
    page.click("#passkey-login")
    page.wait_for_url("**/my-work/")
    assert official.complaints == []


DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def signed_up(stranger: Visitor, email: str, name: str, language: str) -> Visitor:
    """Through the form, the letter and its link, in Chinese ("") or English ("/en")."""
    page = stranger.go(f"{language}/accounts/signup/").page
    page.fill("input[name=email]", email)
    page.fill("input[name=display_name]", name)
    page.fill("input[name=password1]", OWN_PASSWORD)
    page.fill("input[name=password2]", OWN_PASSWORD)
    page.check("input[name=agreed]")
    stranger.press("main form[method=post] button[type=submit]")
    for _try in range(10):
        stranger.go(f"{language}/demo/mails/?to={email}")
        with suppress(TookTooLong):
            page.click("main a[href*='confirm-email']", timeout=2_000)
            break
    stranger.press("main form[method=post] button[type=submit]")
    page.wait_for_load_state()
    return stranger.sign_in(email, OWN_PASSWORD)


def compared(officer: Visitor, name: str, number: str) -> None:
    """The platform's administrator, in Chinese: sees no number, reads one, is wrong once, and verifies."""
    officer.sign_in("elsewhere@zhongyan.example", PASSWORD)
    page = officer.go("/real-name/waiting/").page
    officer.press(f"main a:has-text('{name}')")
    assert number not in page.content()
    page.fill("input[name=number_read]", "C01X0006X")
    page.click("main form[action*='/real-name/'] button.primary")
    page.wait_for_selector("[data-error-summary]")
    page.fill("input[name=number_read]", number)
    officer.press("main form[action*='/real-name/'] button.primary")
    assert name not in page.inner_text("main")
