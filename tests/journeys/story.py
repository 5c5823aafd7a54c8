"""A story told by several people, each at a browser of their own, and the steps that more than one story takes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from marketplace.demo.cast import MAIL_HOST, PASSWORD
from tests.journeys.browser import Visitor, until, visitor
from tests.journeys.demo import emails_by_name
from tests.journeys.platform import Platform

in_both_languages = pytest.mark.parametrize("prefix", ["", "/en"], ids=["zh", "en"])
"""Chinese pages have no prefix."""
TITLE = "钠离子电池硬碳负极首次效率提升"
OFFICERS = ("officer1", "officer2")
"""Two who have typed their phrase within thirty days: without them nothing is published."""
SAVED_WITHIN = 15.0


@dataclass
class Story:
    """Everybody who is at a browser in this story. `prefix` is the language they read."""

    platform: Platform
    browser: Browser
    posting: str = ""
    prefix: str = ""
    people: dict[str, Visitor] = field(default_factory=dict)

    def person(self, key: str) -> Visitor:
        """A demo person, signed in through the real door the first time."""
        if key not in self.people:
            self.people[key] = self.stranger(key).sign_in(f"{key}@{MAIL_HOST}", PASSWORD)
        return self.people[key]

    def stranger(self, key: str) -> Visitor:
        """Somebody who has not signed in."""
        return self.people.setdefault(key, visitor(self.browser, self.platform.address))

    def at(self, key: str, path: str) -> Visitor:
        """A demo person who opens a page in the story's language."""
        return self.person(key).go(self.prefix + path)

    def begins(self, prefix: str) -> "Story":
        """The same people tell it anew, in this language; stories before may have moved the clock by weeks."""
        self.posting, self.prefix = "", prefix
        for officer in OFFICERS:
            has_it_at_hand(self.at(officer, "/opening-keys/"))
        return self

    def complaints(self) -> dict[str, list[str]]:
        """What the consoles have complained of since they were last asked, by person."""
        said = {name: list(one.complaints) for name, one in self.people.items() if one.complaints}
        for one in self.people.values():
            one.complaints.clear()
        return said


def say_the_need(page: Page, title: str = TITLE) -> None:
    """Fill in the eight things that even the short form asks for."""
    page.fill("input[name=title]", title)
    page.fill("textarea[name=description]", "储能电芯的硬碳负极首次库伦效率不足,需要在不增加成本的前提下提升。")
    page.check("input[name=fields] >> nth=0")
    page.fill("input[name=indicators-0-name]", "首次库伦效率")
    page.select_option("select[name=indicators-0-op]", "≥")
    page.fill("input[name=indicators-0-value]", "92")
    page.fill("input[name=indicators-0-unit]", "%")
    page.fill("input[name=bounty]", "300")
    page.fill("input[name=contact_telephone]", "027-00000000")
    page.fill("input[name=contact_address]", "武汉市示例路 1 号")
    page.check("input[name=no_secrets]")


def say_the_terms(page: Page, sooner: int = 10) -> None:
    """What the full form asks for besides; its deadline comes some days sooner than the one it proposes."""
    page.check("input[name=problem_kind][value=KEY]")
    page.check("input[name=mode][value=TASK]")
    if not page.is_visible("input[name=deadline]"):
        page.click("#part-terms > summary")
    usual = datetime.fromisoformat(page.input_value("input[name=deadline]"))
    page.fill("input[name=deadline]", (usual - timedelta(days=sooner)).strftime("%Y-%m-%dT%H:%M"))
    page.check("input[name=ip_terms][value=JOINT]")
    page.fill("input[name=contact_office]", "技术中心")
    if page.locator("select[name=sponsor]").count():
        page.select_option("select[name=sponsor]", index=1)


def call_abroad(page: Page) -> None:
    """Solvers abroad may answer by themselves, which asks for a title and a summary in English."""
    for name in ("abroad", "title_en"):
        page.click(f"details:has([name={name}]) > summary")
    page.check("input[name=abroad][value=YES]")
    page.fill("input[name=title_en]", "First-cycle efficiency of hard-carbon anodes")
    page.fill("textarea[name=description_en]", "Hard-carbon anodes of sodium cells lose too much in their first cycle.")


def hand_in(sponsor: Visitor) -> str:
    """Look at the preview and hand the posting in; returns the challenge's id."""
    sponsor.press("button[name=then][value=preview]")
    sponsor.press("form[action$='/submit/'] button[type=submit]")
    return sponsor.page.url.split("/challenges/")[1].split("/")[0]


def post(sponsor: Visitor, prefix: str = "", title: str = TITLE, *, abroad: bool = False) -> str:
    """Fill in the twelve needed things, look at the preview, hand it in; returns the challenge's id."""
    page = sponsor.go(f"{prefix}/challenges/new/").page
    say_the_need(page, title)
    say_the_terms(page)
    if abroad:
        call_abroad(page)
    return hand_in(sponsor)


def approve(story: Story, posting: str, by: str = "administrator") -> None:
    """The region's administrator names who judges and who watches, and publishes."""
    admin = story.at(by, f"/approvals/{posting}/")
    for office in ("adjudicator", "supervisor"):
        admin.page.select_option(f"select[name={office}]", index=1)
    admin.press("form[action$='/approve/'] button[type=submit]")


def publish(story: Story, title: str = TITLE) -> str:
    """An enterprise's challenge, open for proposals; returns its id."""
    story.posting = post(story.person("enterprise"), story.prefix, title)
    approve(story, story.posting)
    return story.posting


def write(page: Page, title: str) -> None:
    """Everything that a proposal in task mode needs, but the price."""
    page.fill("input[name=title]", title)
    page.fill("textarea[name=approach]", "Pre-oxidation closes surface defects before carbonisation.")
    page.fill("textarea[name=indicators_answer]", "First-cycle efficiency 93.1 %, measured on 12 coin cells.")
    page.fill("textarea[name=schedule]", "Three milestones in twelve months.")
    page.select_option("select[name=ai_use]", "LANGUAGE")


def saves_by_itself(page: Page, selector: str, text: str) -> None:
    """Type, and wait until the editor says that it has saved; the line says the second, so it changes."""
    with page.expect_response(lambda answer: answer.url.endswith("/autosave/") and answer.status == 200):
        page.fill(selector, text)
    until(lambda: page.locator("#proposal-saved[data-state=failed]").count() == 0, SAVED_WITHIN, "never saved")


def bring(person: Visitor, name: str, kind: str, content: bytes, purpose: str = "PLAN") -> None:
    """Hand a file in on the page of a proposal, and see that it was examined and is kept."""
    page, files = person.page, "section[id^=files-]"
    known = page.locator(f"{files} tbody tr").count()
    page.select_option(f"{files} select[name=purpose]", purpose)
    page.set_input_files(f"{files} input[name=file]", {"name": name, "mimeType": kind, "buffer": content})
    page.click("form[data-upload] button")
    until(lambda: page.locator(f"{files} tbody tr").count() == known + 1, 30, f"{name} never arrived")
    person.sees(f"{files} a[href*='/files/']:has-text('{name}')")


def seal(author: Visitor) -> str:
    """Save, look it through, submit; returns the reading code that was shown once."""
    author.press("button[name=then][value=submit]")
    code = author.page.inner_text("code.code-shown").strip()
    author.press("main form[method=post] button.primary[type=submit]")
    author.sees("a[href*='/receipts/1/']")
    return code


def id_in(page: Page, room: str = "proposals") -> str:
    """The id that stands in the page's address."""
    return page.url.split(f"/{room}/")[1].split("/")[0]


def move_clock(story: Story, to: str) -> None:
    """Press the demo bar's button on the challenge's page."""
    story.at("enterprise", f"/challenges/{story.posting}/").press(f".demo-bar-wide button[name=jump][value={to}]")


def state_words(watching: Visitor) -> str:
    """What an open challenge page says of its state right now."""
    return watching.page.get_attribute("#challenge-state", "data-live-words") or ""


def has_it_at_hand(officer: Visitor) -> None:
    """Type what stands on the card, on the officer's own page, for the next thirty days."""
    officer.page.fill("input[name=phrase]", officer.page.inner_text("[data-demo-phrase]"))
    officer.press("form[action$='/prove/'] button")


def open_with_phrase(officer: Visitor) -> None:
    """The demonstration shows what stands on the officer's card; the officer types it."""
    officer.page.fill("input[name=phrase]", officer.page.inner_text("[data-demo-phrase]"))
    officer.press("form[action$='/confirm/'] button")


def drawn(story: Story) -> list[Visitor]:
    """The adjudicator, at the case, admits the first proposal and draws; returns the reviewers, signed in."""
    adjudicator = story.person("adjudicator")
    adjudicator.sees("form[action*='/admit/']", 120.0)
    adjudicator.press("form[action*='/admit/'] button")
    adjudicator.press("form[action$='/draw/'] button[type=submit]")
    names = adjudicator.page.locator("section[aria-labelledby=case-panel] tbody th").all_inner_texts()
    emails = emails_by_name(story.platform)
    return [story.person(emails[name.strip()].split("@")[0]) for name in names]


def accept(reviewer: Visitor, title: str, prefix: str = "") -> None:
    """Declare to have no conflict and take the seat."""
    page = reviewer.go(f"{prefix}/reviews/").page
    page.click(f"#reviews a:has-text('{title}')")
    page.wait_for_selector("form[action$='/accept/']")
    for box in page.locator("form[action$='/accept/'] input[type=checkbox]").all():
        box.check()
    reviewer.press("form[action$='/accept/'] button[type=submit]")


def begin_the_review(adjudicator: Visitor) -> None:
    """Once everybody has taken their seat the open case offers it by itself."""
    adjudicator.sees("section[aria-labelledby=case-review] form button")
    adjudicator.press("section[aria-labelledby=case-review] form button")


def first_to_score(reviewer: Visitor, title: str, prefix: str = "") -> Page:
    """The page on which a reviewer reads and scores the first proposal."""
    page = reviewer.go(f"{prefix}/reviews/").page
    page.click(f"#reviews a:has-text('{title}')")
    reviewer.sees("#seat .work-list a")
    page.click("#seat .work-list a >> nth=0")
    page.wait_for_selector("form[data-scoring]")
    return page
