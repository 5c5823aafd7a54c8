"""Every page that a link leads to, for everybody who can reach it: in both languages, light and dark, wide and narrow.

Each is held against axe's rules, must not scroll sideways on a phone, and must not complain in the console. The pages
are found by following links, so that a new page is looked at without being named here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from marketplace.demo.cast import PASSWORD
from tests.journeys.browser import Visitor, visitor
from tests.journeys.demo import reviewer_at_work
from tests.journeys.platform import Platform

pytestmark = [
    pytest.mark.journey,
    pytest.mark.embedded,  # both tiers send the same pages; looking at them once is enough
]

STRANGER = ""
OFFICES = ("adjudicator", "supervisor", "officer1", "administrator", "security", "audit")
PEOPLE = (STRANGER, "enterprise", "bureau", "researcher", "abroad", *OFFICES)
DIFFERS_BY_PERSON = {
    *("challenges:detail", "work:mine", "adjudication:case", "challenges:import", "challenges:batches"),
    *("administration:overview", "administration:queue", "accounts:organisation"),
}
"""These show everybody something else and are looked at once a person; all others once."""
DIFFERS_BY_STATE = {"proposals:detail", "proposals:edit"}
"""These show another page for a draft than for what is sealed, and for who leads: each is looked at."""

MUST_BE_SEEN = {
    "landing",
    "search:challenges",
    "challenges:detail",
    "challenges:new",
    "challenges:import",
    "challenges:import_run",
    "work:mine",
    "challenges:batches",
    "challenges:batch",
    "challenges:batch_new",
    "proposals:detail",
    "proposals:edit",
    "proposals:submit",
    "proposals:versions",
    "proposals:compare",
    "proposals:receipt",
    "proposals:check",
    "trust:sees",
    "trust:model",
    "sealing:mine",
    "teams:team",
    "teams:letters",
    "partners:board",
    "adjudication:desk",
    "adjudication:case",
    "adjudication:case_proposal",
    "adjudication:opening",
    "adjudication:openings",
    "adjudication:score",
    "adjudication:reviews",
    "adjudication:assignment",
    "adjudication:notices",
    "adjudication:notice",
    "about:about",
    "about:provisions",
    "figures:overview",
    "figures:region",
    "figures:list",
    "account_login",
    "account_signup",
    "administration:overview",
    "administration:queue",
    "administration:grants",
    "administration:propose",
    "administration:request",
    "administration:trail",
    "accounts:profile",
    "accounts:devices",
    "accounts:phone",
    "accounts:organisations",
    "accounts:organisation",
    "accounts:directory",
    "structure:structure",
    "consents:mine",
    "identity:mine",
    "identity:compare",
    "privacy:mine",
    "privacy:table",
    "profiles:directory",
    "profiles:person",
    "profiles:mine",
    "profiles:references",
    "profiles:import",
    "mfa_index",
}
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1440, "height": 1000}
LINKS = "Array.from(document.querySelectorAll('a[href]:not([download])'), link => link.getAttribute('href'))"
OVERFLOW = """() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    return Array.from(document.querySelectorAll('body *'))
        .filter(one => one.getBoundingClientRect().right > wide + 1)
        .slice(0, 3).map(one => one.outerHTML.slice(0, 120));
}"""

SQUEEZED = """() => Array.from(document.querySelectorAll('main p, main li, main dd, main td, footer p'))
    .filter(one => one.textContent.trim().length > 60 && one.getBoundingClientRect().width > 0)
    .filter(one => one.getBoundingClientRect().width < 110)
    .slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""
"""A text of some length in a column of a few letters: something beside it took the place."""


@dataclass
class Inspector:
    """Walks from page to page and notes what is wrong with each."""

    address: str
    seen: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def walk(self, person: str, window: Visitor) -> None:
        """Follow links from the front page, the own work and what offers more, until nothing new is left."""
        ways = ["/", "/my-work/", "/batches/"] if person else ["/"]
        known = set(ways)
        while ways:
            path = ways.pop(0)
            view = view_of(path)
            key = (view, one_of(view, path, person))
            if key in self.seen and path not in {"/", "/my-work/"}:
                continue
            found = self.look(window, path, examine=key not in self.seen, who=person)
            if arrived(window, path):
                self.seen.add(key)
            fresh = [link for link in found if link not in known]
            known.update(fresh)
            ways += fresh

    def look(self, window: Visitor, path: str, *, examine: bool, who: str) -> list[str]:
        """Open a page, hold it against every rule if it is a new one; returns where its links lead.

        Who is led elsewhere, to the door mostly, has not seen it: it is left to somebody who may.
        """
        window.go(path)
        examine = examine and arrived(window, path)
        for prefix in ("", "/en") if examine else ("",):
            window.go(prefix + path)
            if examine:
                self.examine(window.page, f"{prefix}{path} as {who or 'a stranger'}")
        self.faults += [f"{path}: console: {said}" for said in window.complaints]
        window.complaints.clear()
        window.go(path)
        return list(paths(window.page.evaluate(LINKS)))

    def examine(self, page: Page, where: str) -> None:
        """Axe in both themes, the width of a phone, and columns that leave a text no room."""
        self.faults += [f"{where}: squeezed: {what}" for what in page.evaluate(SQUEEZED)]
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            for violation in Axe().run(page).response["violations"]:
                first = violation["nodes"][0]
                self.faults.append(f"{where}, {theme}: {violation['id']}: {first['html'][:160]} {first['any'][:1]}")
        page.set_viewport_size(PHONE)
        self.faults += [f"{where}: wider than a phone: {what}" for what in page.evaluate(OVERFLOW)]
        self.faults += [f"{where}: squeezed on a phone: {what}" for what in page.evaluate(SQUEEZED)]
        page.set_viewport_size(DESK)


def test_every_page_can_be_used_by_everybody(platform: Platform, browser: Browser) -> None:
    inspector = Inspector(platform.address)
    for person in (*PEOPLE, reviewer_at_work(platform)):
        window = visitor(browser, platform.address)
        if person:
            window.sign_in(f"{person}@zhongyan.example", PASSWORD)
        inspector.walk(person, window)
        window.page.context.close()
    assert inspector.faults == [], "\n".join(inspector.faults)
    assert MUST_BE_SEEN - {view for view, _ in inspector.seen} == set()


def arrived(window: Visitor, path: str) -> bool:
    """Whether the window shows what was asked for."""
    return urlsplit(window.page.url).path == path


def one_of(view: str, path: str, person: str) -> str:
    """Which of the pages behind a view this is, as far as they differ."""
    if view in DIFFERS_BY_STATE:
        return f"{path} as {person}"
    return person if view in DIFFERS_BY_PERSON else ""


def view_of(path: str) -> str:
    """The name of the view behind a path."""
    return resolve(path).view_name


def paths(links: list[str]) -> Iterator[str]:
    """Those of a page's links that lead to a page of this site, without language, query and fragment."""
    for link in links:
        path = re.sub(r"^/en(?=/)", "", re.split(r"[?#]", link)[0])
        if path.startswith("/") and not path.startswith(("/static/", "/ws/")) and _known(path):
            yield path


def _known(path: str) -> bool:
    try:
        return bool(resolve(path))
    except Resolver404:
        return False
