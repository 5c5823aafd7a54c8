"""Three units answer together: invited by letter, agreed with a click, written by two at once, sealed, and checked.

Nobody but the three learns of it: not a stranger, not the sponsor.
"""

from pathlib import Path

import pytest

from tests.journeys.browser import Visitor, until
from tests.journeys.story import Story, bring, id_in, in_both_languages, publish, saves_by_itself, seal, write
from tests.vault import made

pytestmark = pytest.mark.journey

LEAD, MEMBERS = "researcher", ("sme", "abroad")
TITLES = {"": "钠离子电池硬碳负极中试放大", "/en": "硬碳负极连续炭化窑炉中试"}
CANARY = "闭孔硬碳两步热解联合方案"
SHARES = {"work": ("50", "30", "20"), "reward": ("40", "35", "25")}
RAW_DATA = "首次效率 93.1 %，12 只扣式电池。\n".encode()
MOMENT_OF_A_LETTER = 20.0


@in_both_languages
def test_three_units_answer_together(people: Story, prefix: str) -> None:
    story = people.begins(prefix)
    publish(story, TITLES[prefix])
    team = gather(story)
    agree(story, team)
    proposal = begin_writing(story)
    two_write_at_once(story, proposal)
    compare_versions(story, proposal)
    bring_files(story, proposal)
    nobody_else_knows(story, proposal, team)
    receipt = submit(story, proposal)
    holds_in_public(story, receipt)
    nobody_else_knows(story, proposal, team)
    assert story.complaints() == {}


def gather(story: Story) -> str:
    """The lead begins a team and invites two by e-mail; both find the letter, and accept for their house."""
    lead = story.at(LEAD, f"/challenges/{story.posting}/")
    lead.press("form[action$='/team/'] button[type=submit]")
    team = id_in(lead.page, "teams")
    for key in MEMBERS:
        lead.page.fill("form[action$='/invite/'] input[name=email]", f"{key}@zhongyan.example")
        lead.press("form[action$='/invite/'] button[type=submit]")
    assert lead.page.locator("section[aria-labelledby=team-invite] ul.ledger > li").count() == len(MEMBERS)
    for key in MEMBERS:
        join(story.person(key), key, story.prefix)
    return team


def join(invited: Visitor, key: str, prefix: str) -> None:
    """From the letter of this challenge, by its link, in the name of the house."""
    page = invited.page
    link = page.locator(f".demo-mails details:has-text('{TITLES[prefix]}') a[href*='/team-invitations/']")

    def arrived() -> bool:
        invited.go(f"{prefix}/demo/mails/?to={key}@zhongyan.example")
        return link.count() > 0

    until(arrived, MOMENT_OF_A_LETTER, f"{key} was never written to", pause=0.5)
    address = str(link.first.get_attribute("href"))
    invited.go(f"{prefix}/team-invitations/{address.split('/team-invitations/')[1]}")
    page.select_option("select[name=organisation]", index=1)
    invited.press("form[action$='/accept/'] button[type=submit]")


def agree(story: Story, team: str) -> None:
    """The lead sets the shares; then each member agrees to exactly these with one click."""
    lead = story.at(LEAD, f"/teams/{team}/")
    page = lead.page
    for part, shares in SHARES.items():
        for box, share in zip(page.locator(f"input[name^={part}_]").all(), shares, strict=True):
            box.fill(share)
    lead.press("form[action$='/shares/'] button[type=submit]")
    waiting = page.inner_text("section[aria-labelledby=team-composition]")
    for key in MEMBERS:
        story.at(key, f"/teams/{team}/").press("form[action$='/agree/'] button[type=submit]")
    assert story.at(LEAD, f"/teams/{team}/").page.inner_text("section[aria-labelledby=team-composition]") != waiting
    assert page.locator("section[aria-labelledby=team-composition] .caveat").count() == 0


def begin_writing(story: Story) -> str:
    """The lead opens the draft from the page of the team; everything that is needed stands on the list at first."""
    lead = story.person(LEAD)
    lead.press("main .page-head a.button")
    proposal = id_in(lead.page)
    lead.go(f"{story.prefix}/proposals/{proposal}/edit/")
    assert lead.page.locator("#proposal-checklist li[data-tone=warn]").count() > 3
    return proposal


def two_write_at_once(story: Story, proposal: str) -> None:
    """Who saves second is told, keeps what was typed, sees both texts, and replaces the other one knowingly."""
    lead, member = story.person(LEAD), story.at("abroad", f"/proposals/{proposal}/edit/")
    write(member.page, f"{CANARY} I")
    member.press("button[name=then][value=stay]")
    with lead.page.expect_response(lambda answer: answer.url.endswith("/autosave/") and answer.status == 409):
        lead.page.fill("input[name=title]", CANARY)
    lead.sees("#proposal-saved[data-state=failed]")
    lead.press("button[name=then][value=stay]", status=409)
    assert f"{CANARY} I" in lead.page.locator(".versions").first.inner_text()
    write(lead.page, CANARY)
    lead.page.fill("input[name=price]", "260")
    lead.press("button[name=then][value=stay]")
    assert all("409" in said for said in lead.complaints)
    lead.complaints.clear()


def compare_versions(story: Story, proposal: str) -> None:
    """What the member had written is among the versions; what differs is marked."""
    lead = story.at(LEAD, f"/proposals/{proposal}/versions/")
    lead.press(f"table tr:has-text('{CANARY} I') a")
    assert lead.page.locator(".changed del").count() + lead.page.locator(".changed ins").count() > 0


def bring_files(story: Story, proposal: str) -> None:
    """A plan by the lead, raw data by a member, who writes on afterwards; the checklist is empty then."""
    lead, member = story.at(LEAD, f"/proposals/{proposal}/edit/"), story.person("sme")
    bring(lead, "plan.pdf", "application/pdf", made.pdf())
    member.go(f"{story.prefix}/proposals/{proposal}/edit/")
    bring(member, "data.txt", "text/plain", RAW_DATA, purpose="EVIDENCE")
    saves_by_itself(member.page, "textarea[name=team]", "三家单位合作多年。")
    assert member.page.locator("#proposal-checklist li[data-tone=warn]").count() == 0


def submit(story: Story, proposal: str) -> Path:
    """Only the lead submits; the receipt is there at once, as a sheet of paper too."""
    assert story.at("sme", f"/proposals/{proposal}/edit/").page.locator("button[value=submit]").count() == 0
    lead = story.at(LEAD, f"/proposals/{proposal}/edit/")
    seal(lead)
    assert CANARY not in lead.page.content(), "sealed is sealed, for its authors too"
    lead.press("a[href*='/receipts/1/']")
    with lead.page.expect_download() as arrived:
        lead.page.click("a[href$='/pdf/']")
    assert arrived.value.path().read_bytes().startswith(b"%PDF")
    assert story.at("abroad", f"/proposals/{proposal}/").page.locator("a[href*='/receipts/1/']").count() == 1
    return arrived.value.path()


def holds_in_public(story: Story, receipt: Path) -> None:
    """Somebody who has not signed in has the sheet checked."""
    checker = story.stranger("a stranger").go(f"{story.prefix}/receipts/check/")
    checker.page.set_input_files(
        "input[name=file]", {"name": "receipt.pdf", "mimeType": "application/pdf", "buffer": receipt.read_bytes()}
    )
    checker.press("main form[method=post] button.primary[type=submit]")
    assert checker.page.locator("#check-result").count() == 1
    assert checker.page.locator("section[aria-labelledby=check-result] strong").count() == 0


def nobody_else_knows(story: Story, proposal: str, team: str) -> None:
    """Neither a stranger nor the sponsor nor the office finds anything, by page or by address."""
    here = f"/challenges/{story.posting}/"
    for who in (story.stranger("a stranger"), *(story.person(key) for key in ("enterprise", "administrator"))):
        for path in (here, "/challenges/?sort=newest", "/batches/"):
            text = who.go(story.prefix + path).page.content()
            assert [word for word in (proposal, team, CANARY, "三家单位") if word in text] == [], path
        answers = [who.asks(f"{story.prefix}{path}") for path in (f"/proposals/{proposal}/", f"/teams/{team}/")]
        assert set(answers) <= {302, 404}, answers
