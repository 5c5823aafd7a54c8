"""Every page of challenges, proposals and one's own work answers in both languages; strangers find nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from marketplace.accounts.roles import Role
from tasks.challenges import services as posting
from tasks.proposals import services as proposing
from tests import factories
from tests.tasks.web import people

pytestmark = pytest.mark.django_db

PREFIXES = ["", "/en"]
Page = tuple[Any, str]


def draft() -> Page:
    made = factories.draft()
    return made.author, f"/challenges/{made.public_id}/"


def edit() -> Page:
    made = factories.draft()
    return made.author, f"/challenges/{made.public_id}/edit/"


def preview() -> Page:
    made = factories.draft()
    return made.author, f"/challenges/{made.public_id}/preview/"


def submitted() -> Page:
    made = factories.submitted()
    return made.author, f"/challenges/{made.public_id}/"


def approval() -> Page:
    made = factories.submitted()
    return factories.officer_with(Role.REGION_ADMIN), f"/approvals/{made.public_id}/"


def approvals() -> Page:
    factories.submitted()
    return factories.officer_with(Role.REGION_ADMIN), "/approvals/"


def proposal_edit() -> Page:
    made = factories.proposal_draft(factories.open_challenge())
    return made.author, f"/proposals/{made.public_id}/edit/"


def proposal_check() -> Page:
    made = factories.proposal_draft(factories.open_challenge())
    return made.author, f"/proposals/{made.public_id}/submit/"


def proposal() -> Page:
    made = factories.submitted_proposal(factories.open_challenge())
    return made.author, f"/proposals/{made.public_id}/"


PRIVATE = [draft, edit, preview, submitted, approval, approvals, proposal_edit, proposal_check, proposal]


@pytest.mark.parametrize("make", PRIVATE)
def test_a_private_page_answers_its_people_and_nobody_else(client: Client, make: Callable[[], Page]) -> None:
    person, address = make()
    for prefix in PREFIXES:
        assert people.get(client, prefix + address, person).status_code == 200
        foreign = people.get(client, prefix + address, factories.person())
        anonymous = people.get(client, prefix + address, None)
        missing = people.get(client, f"{prefix}/proposals/0000000000000000/", factories.person())
        assert (foreign.status_code, anonymous.status_code, missing.status_code) == (404, 404, 404)
        assert foreign.templates[0].name == anonymous.templates[0].name == missing.templates[0].name


@pytest.mark.parametrize("prefix", PREFIXES)
def test_public_pages_answer_everybody(client: Client, prefix: str) -> None:
    challenge = factories.open_challenge()
    pages = ["/", "/challenges/newest/", f"/challenges/{challenge.public_id}/"]
    pages += [f"/challenges/{challenge.public_id}/state/?part={part}" for part in ("state", "actions", "trail")]
    for person in (None, factories.person(), challenge.author, challenge.adjudicator):
        for page in pages:
            assert people.get(client, prefix + page, person).status_code == 200, (page, person)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_posting_and_my_work_ask_for_a_sign_in(client: Client, prefix: str) -> None:
    for page in ("/challenges/new/", "/my-work/"):
        assert people.get(client, prefix + page, None).status_code == 302
        assert people.get(client, prefix + page, factories.person()).status_code == 200


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_challenge_page_follows_the_whole_life(client: Client, prefix: str) -> None:
    challenge = factories.open_challenge()
    mine = factories.submitted_proposal(challenge)
    steps: list[Callable[[], Any]] = [
        lambda: factories.closed(challenge),
        lambda: factories.opened(challenge),
        lambda: factories.under_review(challenge),
        lambda: factories.scored(challenge, {"P01": 90}),
        lambda: factories.adjudicated(challenge),
        lambda: people.past_notice(challenge),
    ]
    viewers = [None, mine.author, challenge.author, challenge.adjudicator, challenge.supervisor]
    for step in steps:
        step()
        challenge.refresh_from_db()
        for viewer in viewers:
            assert people.get(client, f"{prefix}/challenges/{challenge.public_id}/", viewer).status_code == 200
            if viewer:
                assert people.get(client, f"{prefix}/my-work/", viewer).status_code == 200
        assert people.get(client, f"{prefix}/proposals/{mine.public_id}/", mine.author).status_code == 200
    page = people.get(client, f"{prefix}/challenges/{challenge.public_id}/", None)
    assert mine.author.display_name in page.content.decode()


def test_before_the_opening_no_page_betrays_a_proposal(client: Client) -> None:
    challenge = factories.open_challenge()
    address = f"/challenges/{challenge.public_id}/"
    viewers = [None, challenge.author, challenge.adjudicator, challenge.supervisor, factories.person()]
    before = [people.body(people.get(client, address, viewer)) for viewer in viewers]
    factories.submitted_proposal(challenge)
    assert [people.body(people.get(client, address, viewer)) for viewer in viewers] == before


def test_the_public_trail_begins_with_the_approval_and_names_nobody(client: Client) -> None:
    challenge = factories.open_challenge()
    page = people.get(client, f"/en/challenges/{challenge.public_id}/", None)
    assert [entry.what for entry in page.context["trail"]] == [
        "Approved; adjudicator and supervisor named",
        "Key made that proposals are sealed to; its halves given to opening officers",
        "Published; proposals are taken",
    ]
    assert challenge.adjudicator
    assert challenge.adjudicator.display_name not in page.content.decode()
    own = people.get(client, f"/en/challenges/{challenge.public_id}/", challenge.author)
    assert [entry.what for entry in own.context["trail"]][:2] == [
        "The posting was drafted",
        "Handed in for approval",
    ]


def test_a_challenge_in_chinese_alone_says_so_in_english(client: Client) -> None:
    plain = factories.open_challenge()
    both = factories.open_challenge(title_en="Lower impedance", description_en="Ten times lower.")
    first = people.get(client, f"/en/challenges/{plain.public_id}/", None).content.decode()
    second = people.get(client, f"/en/challenges/{both.public_id}/", None).content.decode()
    assert "The sponsor wrote this text in Chinese." in first
    assert "The sponsor wrote this text in Chinese." not in second
    assert "Ten times lower." in second
    assert "Lower impedance" in second


def test_a_failed_call_says_why(client: Client) -> None:
    challenge = factories.open_challenge()
    factories.opened(factories.closed(challenge))
    page = people.get(client, f"/en/challenges/{challenge.public_id}/", None)
    stopped = [stage.note for stage in page.context["stages"] if stage.status == "stopped"]
    assert [str(note) for note in stopped] == ["no proposal was received"]


def test_script_in_every_text_is_shown_as_text(client: Client) -> None:
    evil = '<script>alert("x")</script>'
    challenge = factories.open_challenge(
        title=evil, title_en=evil, description=evil, description_en=evil, keywords=(evil,),
        contact_office=evil, contact_telephone=evil, contact_address=evil, contact_person=evil,
        indicators=(factories.IndicatorLine(evil, "≤", evil, evil[:30]),),
        criteria=(factories.CriterionLine(evil, 100),),
        reserved_for_sme=True, eligibility_reason=evil,
    )  # fmt: skip
    for prefix in PREFIXES:
        assert evil not in people.get(client, f"{prefix}/challenges/{challenge.public_id}/", None).content.decode()
    mine = factories.submitted_proposal(factories.open_challenge(), title=evil, approach=evil, team=evil)
    assert evil not in people.get(client, f"/proposals/{mine.public_id}/", mine.author).content.decode()


def test_a_withdrawn_proposal_lends_its_text(client: Client) -> None:
    mine = factories.proposal_draft(factories.open_challenge())
    code = mine.as_kept.code
    proposing.submit_proposal(public_id=mine.public_id, actor=mine.author)
    proposing.withdraw_proposal(public_id=mine.public_id, actor=mine.author)
    page = people.get(client, f"/proposals/{mine.public_id}/", mine.author)
    assert page.context["may_start_again"] is True
    answer = client.post(f"/challenges/{mine.challenge.public_id}/propose/", {"code": code})
    assert answer.status_code == 302
    again = people.get(client, answer["Location"], mine.author).context["form"]
    assert again["title"].value() == factories.content().title


def test_a_batch_is_public_with_its_first_public_challenge(client: Client) -> None:
    owner = factories.person()
    bureau = factories.organisation(owner, kind="GOVERNMENT")
    batch = posting.publish_batch(actor=owner, organisation=bureau, title="榜单", title_en="Batch", study="调研")
    address = f"/batches/{batch.public_id}/"
    posting.draft_challenge(actor=owner, content=factories.posting_content(), sponsor=bureau, batch=batch)
    assert people.get(client, address, None).status_code == 404
    assert people.get(client, address, owner).status_code == 200
    challenge = people.published(owner, bureau, batch=batch)
    page = people.get(client, address, None)
    assert [row.public_id for row in page.context["challenges"]] == [challenge.public_id]
