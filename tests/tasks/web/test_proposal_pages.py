"""Proposing: the editor keeps what is typed, two windows cannot overwrite each other, late is late."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from tasks.adjudication.models import RankedProposal
from tasks.challenges.posting import LONGEST_TEXT, CriterionLine
from tasks.proposals import services as proposing
from tasks.proposals.models import Proposal
from tests import clock, factories
from tests.tasks.web import people, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(client: Client) -> Proposal:
    """An empty proposal whose author is signed in."""
    author = factories.person()
    challenge = factories.open_challenge()
    people.seen_by(client, author)
    answer = client.post(f"/challenges/{challenge.public_id}/propose/")
    made = Proposal.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/proposals/{made.public_id}/edit/")
    return made


def save(client: Client, proposal: Proposal, verb: str = "edit", **changes: Any) -> Any:
    return client.post(f"/en/proposals/{proposal.public_id}/{verb}/", typed.proposal(**changes))


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: Client) -> None:
    challenge = factories.open_challenge()
    answer = client.post(f"/challenges/{challenge.public_id}/propose/")
    assert answer["Location"] == f"/accounts/login/?next=/challenges/{challenge.public_id}/"
    assert not Proposal.objects.exists()


def test_the_sponsor_is_told_why_not(client: Client) -> None:
    challenge = factories.open_challenge()
    people.seen_by(client, challenge.author)
    answer = client.post(f"/en/challenges/{challenge.public_id}/propose/")
    assert answer.status_code == 422
    assert "You belong to the sponsor" in answer.content.decode()


def test_autosave_answers_with_the_moment_and_the_new_version(client: Client, begun: Proposal) -> None:
    answer = save(client, begun, "autosave", version=begun.version, title="半个标题", price="")
    begun.refresh_from_db()
    assert (answer.status_code, begun.content.title, begun.content.price_amount) == (200, "半个标题", None)
    assert f'value="{begun.version}" hx-swap-oob="true"' in answer.content.decode()
    assert "Saved at" in answer.content.decode()


def test_autosave_from_another_window_is_told_and_loses_nothing(client: Client, begun: Proposal) -> None:
    seen = begun.version
    save(client, begun, "autosave", version=seen, title="甲")
    answer = save(client, begun, "autosave", version=seen, title="乙")
    begun.refresh_from_db()
    assert (answer.status_code, begun.content.title) == (409, "甲")
    assert "Another window has saved this proposal" in answer.content.decode()
    page = save(client, begun, version=seen, title="乙")
    assert page.status_code == 409
    assert page.context["form"]["title"].value() == "乙"
    assert page.context["differences"] == [("Title", "乙", "甲")]
    assert save(client, begun, version=page.context["form"]["version"].value(), title="乙").status_code == 302
    begun.refresh_from_db()
    assert begun.content.title == "乙"


@pytest.mark.parametrize("verb", ["edit", "autosave"])
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"price": "-5"}, "price"),
        ({"price": "1e3"}, "price"),
        ({"price": "１００"}, "price"),
        ({"price": str(10**15)}, "price"),
        ({"title": "长" * 34_000}, "title"),
        ({"approach": "a\x00b"}, "approach"),
        ({"team": "长" * 20_001}, "team"),
        ({"organisation": "0000000000000000"}, "organisation"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_nonsense_is_refused_and_stays_typed(
    client: Client, begun: Proposal, verb: str, changes: dict[str, Any], field: str
) -> None:
    answer = save(client, begun, verb, version=begun.version, **changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].value() == changes[field]
    kept = begun.version
    begun.refresh_from_db()
    assert (begun.version, begun.content.title) == (kept, "")


def test_a_complete_proposal_is_submitted_once(client: Client, begun: Proposal) -> None:
    answer = save(client, begun, version=begun.version, then="submit")
    assert answer["Location"] == f"/en/proposals/{begun.public_id}/submit/"
    page = client.get(answer["Location"])
    assert (page.context["problems"], page.context["denial"]) == ([], "")
    version = {"version": page.context["form"]["version"].value()}
    assert client.post(answer["Location"], version).status_code == 302
    assert client.post(answer["Location"], version).status_code == 409
    begun.refresh_from_db()
    assert begun.state == "SUBMITTED"


def test_an_incomplete_proposal_lists_everything_at_once(client: Client, begun: Proposal) -> None:
    page = client.get(f"/en/proposals/{begun.public_id}/submit/")
    missing = [problem.field for problem in page.context["problems"]]
    assert missing == ["title", "approach", "indicators_answer", "schedule", "price", "ai_use"]
    edit = client.get(f"/proposals/{begun.public_id}/edit/").content.decode()
    assert all(f'id="id_{field}"' in edit for field in missing)
    answer = client.post(f"/en/proposals/{begun.public_id}/submit/", {"version": begun.version})
    assert answer.status_code == 422


@pytest.mark.parametrize("closed", [False, True])
def test_a_late_submission_is_refused_and_the_draft_is_kept(client: Client, closed: bool) -> None:  # noqa: FBT001  # a case
    draft = factories.proposal_draft(factories.open_challenge())
    people.seen_by(client, draft.author)
    if closed:
        factories.closed(draft.challenge)
    else:
        clock.shift(days=30)
    answer = client.post(f"/en/proposals/{draft.public_id}/submit/", {"version": draft.version})
    assert answer.status_code == 422
    assert "The deadline has passed. Nothing was submitted; your draft is kept." in answer.content.decode()
    kept = draft.content.approach
    draft.refresh_from_db()
    assert (draft.state, draft.content.approach) == ("DRAFT", kept)
    assert client.get(f"/en/proposals/{draft.public_id}/").status_code == 200


def test_an_unconfirmed_address_cannot_submit(client: Client) -> None:
    draft = factories.proposal_draft(factories.open_challenge(), factories.person(verified=False, known=False))
    page = people.get(client, f"/en/proposals/{draft.public_id}/submit/", draft.author)
    assert page.context["denial"] == "Please confirm your e-mail address first."


def test_withdrawing_needs_the_version_that_was_seen(client: Client) -> None:
    mine = factories.submitted_proposal(factories.open_challenge())
    people.seen_by(client, mine.author)
    address = f"/proposals/{mine.public_id}/withdraw/"
    assert client.post(address, {"version": mine.version - 1}).status_code == 409
    assert client.post(address, {"version": "x"}).status_code == 409
    assert client.post(address, {"version": mine.version}).status_code == 302
    mine.refresh_from_db()
    assert mine.state == "WITHDRAWN"


def test_nobody_else_can_touch_a_proposal(client: Client) -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    for person in (draft.challenge.author, draft.challenge.adjudicator, factories.person(), None):
        people.seen_by(client, person)
        for verb in ("edit", "autosave", "submit", "withdraw"):
            answer = client.post(f"/proposals/{draft.public_id}/{verb}/", typed.proposal(version=draft.version))
            assert answer.status_code == 404, (verb, person)


def test_bounty_mode_asks_for_no_price(client: Client) -> None:
    draft = proposing.start_proposal(
        challenge_id=factories.open_challenge(mode="BOUNTY").public_id, actor=factories.person()
    )
    form = people.get(client, f"/proposals/{draft.public_id}/edit/", draft.author).context["form"]
    assert "price" not in form.fields
    answer = client.post(f"/proposals/{draft.public_id}/edit/", typed.proposal(version=draft.version))
    assert answer.status_code == 302


def test_after_the_notice_the_author_reads_place_points_and_comments(client: Client) -> None:
    challenge = factories.open_challenge()
    mine = factories.submitted_proposal(challenge)
    factories.under_review(factories.opened(factories.closed(challenge)))
    factories.scored(challenge, {"P01": 75})
    address = f"/en/proposals/{mine.public_id}/"
    assert people.get(client, address, mine.author).context["result"] is None
    factories.adjudicated(challenge)
    page = people.get(client, address, mine.author)
    assert page.context["result"].rank == 1
    assert page.context["comments"] == ["意见", "意见", "意见"]


def test_points_read_alike_for_the_author_and_on_the_notice(client: Client) -> None:
    challenge = factories.open_challenge()
    mine = factories.submitted_proposal(challenge)
    factories.under_review(factories.opened(factories.closed(challenge)))
    factories.adjudicated(factories.scored(challenge, {"P01": 75}))
    RankedProposal.objects.update(points=7590)
    for language in ("", "/en"):
        for page in (f"/proposals/{mine.public_id}/", challenge.notice.get_absolute_url()):
            assert ">75.90<" in people.get(client, language + page, mine.author).content.decode()


def test_a_consent_asked_for_at_submission_is_told_at_every_step_with_the_way_to_it(client: Client) -> None:
    challenge = factories.open_challenge(consent_at_submission=True)
    lecturer = factories.person()
    factories.member(factories.organisation(factories.person(), kind="UNIVERSITY"), lecturer)
    mine = factories.proposal_draft(challenge, author=lecturer)
    people.seen_by(client, lecturer)
    pages = [f"/en/challenges/{challenge.public_id}/", f"/en/proposals/{mine.public_id}/edit/"]
    said = [client.get(page).content.decode() for page in pages]
    checked = client.get(f"/en/proposals/{mine.public_id}/submit/").content.decode()
    assert "before the submission, from whoever is employed" in said[0]
    assert all("asks for your employer&#x27;s consent" in page.replace("'", "&#x27;") for page in (said[1], checked))
    assert all('href="/en/consents/"' in page for page in (said[1], checked))
    assert "Submit the proposal</button>" not in checked


def test_no_browser_keeps_a_page_of_ones_own_proposal(client: Client) -> None:
    challenge = factories.open_challenge()
    draft, handed = factories.proposal_draft(challenge), factories.submitted_proposal(challenge)
    read = set()
    for proposal in (draft, handed):
        people.seen_by(client, proposal.author)
        for route in import_string("tasks.web.urls.proposal_urls"):
            if route.name in {"start", "check", "keys"}:
                continue
            arguments = {"public_id": proposal.public_id, "number": 1}
            wanted = {name: arguments[name] for name in route.pattern.converters}
            answer = client.get(reverse(f"proposals:{route.name}", kwargs=wanted))
            if answer.status_code == 200:
                read.add(route.name)
                assert "no-store" in answer["Cache-Control"], route.name
    assert {"detail", "standing", "edit", "submit", "versions", "compare", "receipt", "receipt_pdf"} <= read


def test_the_longest_text_that_is_allowed_is_saved(client: Client) -> None:
    challenge = factories.open_challenge(criteria=tuple(CriterionLine(f"指标{n}", 5) for n in range(20)))
    proposal = factories.proposal_draft(challenge)
    people.seen_by(client, proposal.author)
    texts = ("approach", "indicators_answer", "schedule", "team", "ai_note", *(f"answer_{n}" for n in range(20)))
    said = {**typed.proposal(version=proposal.version), **dict.fromkeys(texts, "𠮷" * LONGEST_TEXT)}
    body = urlencode(said)
    assert len(body) > 5 * 1024 * 1024
    form = "application/x-www-form-urlencoded"
    answer = client.post(f"/proposals/{proposal.public_id}/edit/", body, content_type=form)
    assert (answer.status_code, answer["Location"]) == (302, f"/proposals/{proposal.public_id}/edit/")
    proposal.refresh_from_db()
    assert len(proposal.content.answers[19].text) == LONGEST_TEXT
