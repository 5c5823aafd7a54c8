"""The main job, end to end, in real browsers against real processes: from a posting to its award (issue's journey).

An enterprise posts, a region administrator approves, a researcher elsewhere finds it by a Chinese query within two
seconds, proposes, the deadline passes, the panel scores, the adjudicator decides, the notice runs, the award is made;
other browsers see each step without a reload.
"""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from marketplace.demo.cast import PASSWORD
from tests.journeys.browser import Visitor, chromium, until, visitor
from tests.journeys.demo import emails_by_name, wait_for_people
from tests.journeys.platform import Platform, running

pytestmark = pytest.mark.journey

TITLE = "钠离子电池硬碳负极首次效率提升"
QUERY = "硬碳负极 首次效率"
FOUND_WITHIN = 2.0


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    folder: Path = tmp_path_factory.mktemp("platform")
    with running(folder) as started:
        wait_for_people(started)
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def test_from_a_posting_to_its_award(platform: Platform, browser: Browser) -> None:
    emails = emails_by_name(platform)

    def someone() -> Visitor:
        return visitor(browser, platform.address)

    def person(key: str) -> Visitor:
        return someone().sign_in(f"{key}@zhongyan.example", PASSWORD)

    enterprise, admin, researcher = person("enterprise"), person("administrator"), person("abroad")
    watching_list, watching_page, watching_board = someone(), someone(), someone()
    admin.go("/my-work/")
    watching_list.go("/challenges/?sort=newest")
    watching_board.go("/award-notices/")

    posting = post(enterprise)
    admin.sees(f"main a[href*='{posting}']")

    admin.go(f"/approvals/{posting}/")
    for office in ("adjudicator", "supervisor"):
        admin.page.select_option(f"select[name={office}]", index=1)
    admin.press("form[action$='/approve/'] button[type=submit]")
    published = time.monotonic()
    finding = someone()
    took = until(lambda: found(finding, posting), 10, "never found")
    watching_list.sees(f"main a[href*='{posting}']")
    assert took <= FOUND_WITHIN, f"found after {took:.2f} s"
    assert time.monotonic() - published < 10

    watching_page.go(f"/challenges/{posting}/")
    watching_page.sees("#challenge-state [data-state=OPEN], #challenge-state .state-open, #challenge-state")
    proposal = propose(researcher, posting)

    adjudicator, supervisor = person("adjudicator"), person("supervisor")
    adjudicator.go(f"/desk/{posting}/")
    supervisor.go(f"/desk/{posting}/")
    enterprise.go(f"/challenges/{posting}/")
    before = state_words(watching_page)
    enterprise.press(".demo-bar-wide button[name=jump][value=deadline]")
    until(lambda: state_words(watching_page) != before, 10, "the open page never heard of the deadline")

    adjudicator.sees("form[action$='/confirm/']")
    adjudicator.press("form[action$='/confirm/'] button")
    supervisor.sees("form[action$='/confirm/']")
    supervisor.press("form[action$='/confirm/'] button")
    adjudicator.sees("form[action*='/admit/']")
    adjudicator.press("form[action*='/admit/'] button")
    adjudicator.press("form[action$='/draw/'] button[type=submit]")
    names = adjudicator.page.locator("section[aria-labelledby=case-panel] tbody th").all_inner_texts()
    assert len(names) == 3

    reviewers = [someone().sign_in(emails[name.strip()], PASSWORD) for name in names]
    for reviewer in reviewers:
        accept(reviewer, TITLE)
    adjudicator.sees("form[action$='/start/'], form[action*='review']")
    adjudicator.press("section[aria-labelledby=case-review] form button")
    for number, reviewer in enumerate(reviewers):
        score(reviewer, 78 + 4 * number)
    adjudicator.sees("form[action$='/decide/']")
    assert proposal not in watching_page.page.content()

    adjudicator.page.check("input[name=winner]")
    adjudicator.page.fill("textarea[name=reasons]", "首次效率实测数据完整，工艺可放大，综合得分最高。")
    adjudicator.press("form[action$='/decide/'] button[type=submit]")
    watching_board.sees(f"main a:has-text('{TITLE}')")
    before = state_words(watching_page)

    enterprise.go(f"/challenges/{posting}/")
    enterprise.press(".demo-bar-wide button[name=jump][value=notice]")
    until(lambda: state_words(watching_page) != before, 10, "the open page never heard of the award")
    assert "Anna Lindner" in watching_page.page.inner_text("#challenge-state")

    everybody = [enterprise, admin, researcher, adjudicator, supervisor, *reviewers]
    for one in [*everybody, watching_list, watching_page, watching_board, finding]:
        assert one.complaints == []
    platform.manage("verify_trail")
    platform.manage("verify_invariants", "--json")


def post(enterprise: Visitor) -> str:
    """Fill in the twelve needed things, look at the preview, hand it in; returns the challenge's id."""
    page = enterprise.go("/challenges/new/").page
    page.fill("input[name=title]", TITLE)
    page.fill("textarea[name=description]", "储能电芯的硬碳负极首次库伦效率不足,需要在不增加成本的前提下提升。")
    page.check("input[name=problem_kind][value=KEY]")
    page.check("input[name=fields] >> nth=0")
    page.fill("input[name=indicators-0-name]", "首次库伦效率")
    page.select_option("select[name=indicators-0-op]", "≥")
    page.fill("input[name=indicators-0-value]", "92")
    page.fill("input[name=indicators-0-unit]", "%")
    page.check("input[name=mode][value=TASK]")
    page.fill("input[name=bounty]", "300")
    page.fill("input[name=deadline]", (datetime.now() + timedelta(days=20)).strftime("%Y-%m-%dT18:00"))
    page.check("input[name=ip_terms][value=JOINT]")
    page.fill("input[name=contact_office]", "技术中心")
    page.fill("input[name=contact_telephone]", "027-00000000")
    page.fill("input[name=contact_address]", "武汉市示例路 1 号")
    if page.locator("select[name=sponsor]").count():
        page.select_option("select[name=sponsor]", index=1)
    enterprise.press("button[name=then][value=preview]")
    enterprise.press("form[action$='/submit/'] button[type=submit]")
    return page.url.split("/challenges/")[1].split("/")[0]


def found(finding: Visitor, posting: str) -> bool:
    """Whether a search by Chinese words shows the challenge now."""
    finding.go(f"/challenges/?q={quote(QUERY)}")
    return finding.page.locator(f"main a[href*='{posting}']").count() > 0


def propose(researcher: Visitor, posting: str) -> str:
    """Write an answer in English, see it saved by itself, submit it; returns its id."""
    page = researcher.go(f"/en/challenges/{posting}/").page
    researcher.press("form[action$='/propose/'] button[type=submit]")
    page.fill("input[name=title]", "Closed-pore hard carbon by two-step pyrolysis")
    page.fill("textarea[name=approach]", "Pre-oxidation closes surface defects before carbonisation.")
    page.fill("textarea[name=indicators_answer]", "First-cycle efficiency 93.1 %, measured on 12 coin cells.")
    page.fill("textarea[name=schedule]", "Three milestones in twelve months.")
    saved = page.inner_text("#proposal-saved")
    page.fill("input[name=price]", "260")
    until(lambda: page.inner_text("#proposal-saved") != saved, 15, "never saved by itself")
    researcher.press("button[name=then][value=submit]")
    researcher.press("main form[method=post] button.primary[type=submit]")
    return page.url.split("/proposals/")[1].split("/")[0]


def accept(reviewer: Visitor, title: str) -> None:
    """Declare to have no conflict and take the seat."""
    page = reviewer.go("/reviews/").page
    page.click(f"#reviews a:has-text('{title}')")
    page.wait_for_selector("form[action$='/accept/']")
    page.check("form[action$='/accept/'] input[type=checkbox]")
    reviewer.press("form[action$='/accept/'] button[type=submit]")


def score(reviewer: Visitor, points: int) -> None:
    """Give every criterion these points, write a comment, lock."""
    page = reviewer.go("/reviews/").page
    page.click(f"#reviews a:has-text('{TITLE}')")
    reviewer.sees("#seat .work-list a")
    page.click("#seat .work-list a >> nth=0")
    page.wait_for_selector("form[data-scoring]")
    for line in page.locator("form[data-scoring] input[type=number]").all():
        line.fill(str(points))
    page.fill("form[data-scoring] textarea", "指标可达,数据可信。")
    page.check("form[data-scoring] input[type=checkbox]")
    reviewer.press("button[name=act][value=lock]")


def state_words(watching: Visitor) -> str:
    """What an open challenge page says of its state right now."""
    return watching.page.get_attribute("#challenge-state", "data-live-words") or ""
