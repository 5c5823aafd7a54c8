"""People at their browsers: real Chromium, one context a person, nothing shared between them."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

PATIENCE = 30_000
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, headless."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "Chromium is not installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody at a browser of their own. What the console complains of is kept and must stay empty."""

    page: Page
    address: str
    complaints: list[str]

    def go(self, path: str) -> "Visitor":
        """Open a page of the platform and see that it is one."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)
        return self

    def sign_in(self, email: str, password: str) -> "Visitor":
        """Through the real door."""
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.page.click("main form[method=post] button[type=submit]")
        self.page.wait_for_url(lambda url: "/login/" not in url)
        if "/2fa/authenticate/" in self.page.url:
            self.type_code()
        return self

    def type_code(self) -> None:
        """The code that the demonstration shows; one that is over or was used a moment ago gives way to the next.

        None is typed twice: wrong codes are counted, and after a few nobody signs in there for minutes.
        """
        here, until, typed = self.page.url, time.monotonic() + LIFE_OF_A_CODE, ""
        while self.page.url == here and time.monotonic() < until:
            shown = self.page.inner_text("[data-demo-code]")
            if shown == typed:
                self.page.wait_for_timeout(1_000)
                self.page.goto(here)
                continue
            typed = shown
            self.page.fill("input[name=code]", shown)
            with self.page.expect_navigation():
                self.page.click("main form[method=post] button[type=submit]")

    def press(self, selector: str, status: int = 200) -> None:
        """Press a button that sends a form, and see the answer's status."""
        with self.page.expect_navigation() as arrival:
            self.page.click(selector)
        answer = arrival.value
        assert answer is None or answer.status == status, (selector, answer and answer.status)

    def asks(self, path: str) -> int:
        """The status of a page asked for beside the one that is shown; the console hears nothing of it."""
        return self.page.request.get(self.address + path, max_redirects=0).status

    def sees(self, selector: str, within: float = 30.0) -> float:
        """Wait, without touching the page, until it shows something; returns the seconds it took."""
        began = time.monotonic()
        self.page.wait_for_selector(selector, timeout=within * 1000)
        return time.monotonic() - began


def complaint(said: ConsoleMessage) -> str:
    """What the console says, and of which address."""
    return f"{said.text} ({said.location.get('url', '')})"


LIFE_OF_A_CODE = 40.0
"""Seconds after which another code is certainly shown."""


def visitor(browser: Browser, address: str, width: int = 1440, *, dark: bool = False) -> Visitor:
    """Somebody new, with an empty browser; `dark` is what their system prefers."""
    context = browser.new_context(
        viewport={"width": width, "height": 1000},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(complaint(said)) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return Visitor(page, address, complaints)


def until(true: Callable[[], bool], within: float, why: str, pause: float = 0.1) -> float:
    """Ask again until it is true; returns the seconds it took, fails with `why`."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < within, why
        time.sleep(pause)
    return time.monotonic() - began
