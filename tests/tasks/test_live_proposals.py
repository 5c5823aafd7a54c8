"""How many proposals somebody has under way at once, and throwing a draft away."""

from datetime import UTC, datetime
from functools import partial

import pytest

from marketplace.kernel.errors import Refusal, Stale
from marketplace.sealing import draft_keys
from tasks.challenges.models import Challenge
from tasks.proposals import services, standing
from tasks.proposals.models import DraftVersion, Proposal
from tests import factories
from tests.hands import together
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = pytest.mark.django_db


def begun(person: object, challenge: Challenge | None = None) -> Proposal:
    """A draft of theirs, in a call of its own unless one is named."""
    made = challenge or factories.open_challenge()
    return services.start_proposal(challenge_id=made.public_id, actor=person)  # type: ignore[arg-type]  # a person


@pytest.fixture
def two_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer, so that few calls are needed."""
    monkeypatch.setattr(standing, "AT_FIRST", 2)


@pytest.mark.usefixtures("two_at_most")
def test_whoever_has_the_most_begins_no_other_but_goes_on_with_those_they_have() -> None:
    person, first = factories.person(), factories.open_challenge()
    draft = begun(person, first)
    begun(person)
    with pytest.raises(Refusal, match="2"):
        begun(person)
    assert begun(person, first) == draft
    services.discard_draft(public_id=draft.public_id, actor=person)
    assert begun(person).pk


@pytest.mark.usefixtures("two_at_most")
def test_what_is_in_a_call_that_is_closed_does_not_count() -> None:
    person, first = factories.person(), factories.open_challenge()
    begun(person, first)
    begun(person)
    factories.closed(first)
    assert begun(person, factories.open_challenge()).pk


def test_the_number_follows_what_became_of_earlier_ones() -> None:
    person = factories.person()
    assert standing.most_live(person) == standing.AT_FIRST
    for state in ("INADMISSIBLE", "INADMISSIBLE", "INADMISSIBLE"):
        judged = factories.submitted_proposal(factories.open_challenge(), person)
        Proposal.objects.filter(pk=judged.pk).update(state=state)
    assert standing.most_live(person) == standing.CAREFUL
    better = factories.submitted_proposal(factories.open_challenge(), person)
    Proposal.objects.filter(pk=better.pk).update(state="NOT_SELECTED")
    assert standing.most_live(person) == standing.PROVEN


def test_a_draft_thrown_away_is_gone_with_its_key() -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    gone = services.discard_draft(public_id=draft.public_id, actor=draft.author, version=draft.version)
    row = Proposal.objects.get(pk=draft.pk)
    assert (gone.state, row.kept) == ("WITHDRAWN", "")
    assert not DraftVersion.objects.exists()
    assert begun(draft.author, draft.challenge).content.title == ""


@pytest.mark.django_db(transaction=True)
def test_with_it_the_key_goes() -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    assert draft.public_id in set(draft_keys.kept(before=datetime.now(UTC)))
    services.discard_draft(public_id=draft.public_id, actor=draft.author)
    assert draft.public_id not in set(draft_keys.kept(before=datetime.now(UTC)))


def test_throwing_another_version_away_leaves_what_was_submitted() -> None:
    sealed = factories.submitted_proposal(factories.open_challenge())
    services.replace_proposal(public_id=sealed.public_id, actor=sealed.author)
    services.discard_draft(public_id=sealed.public_id, actor=sealed.author)
    row = Proposal.objects.get(pk=sealed.pk)
    assert (row.state, row.kept) == ("SUBMITTED", "")
    with pytest.raises(Refusal):
        services.discard_draft(public_id=sealed.public_id, actor=sealed.author)


def test_what_another_window_saved_is_not_thrown_away_unseen() -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    with pytest.raises(Stale):
        services.discard_draft(public_id=draft.public_id, actor=draft.author, version=draft.version - 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("two_at_most")
def test_of_two_begun_at_once_the_second_counts_the_first() -> None:
    person = factories.person()
    begun(person)
    calls = [factories.open_challenge() for _each in range(2)]
    done = together(*(partial(begun, person, call) for call in calls))
    assert sorted(type(one).__name__ for one in done) == ["Proposal", "Refusal"]


def test_a_draft_thrown_away_leaves_no_trace_on_its_owners_pages() -> None:
    draft = factories.proposal_draft(factories.open_challenge())
    browser = at_browser(draft.author)
    answer = browser.post(f"/proposals/{draft.public_id}/discard/", {"version": draft.version})
    assert answer.url == draft.challenge.get_absolute_url()
    assert browser.get(f"/proposals/{draft.public_id}/").status_code == 404
    assert draft.public_id not in browser.get("/my-work/").content.decode()
