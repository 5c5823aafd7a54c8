"""A call ends before its deadline only at its sponsor's request and by decision of its adjudicator (L08)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.notices.models import Notice
from marketplace.outbox.models import Fact
from marketplace.sealing import policy as sealing
from marketplace.sealing.queries import holders_of
from realtime import reach
from realtime.topics import Challenge as ChallengeTopic
from tasks.cancelling import queries, services
from tasks.cancelling.models import CancellationRequest
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import State
from tasks.challenges.models import Challenge
from tasks.jobs import advance
from tasks.proposals import services as proposing
from tasks.web.outlook import CANCELLED, next_for
from tests import clock, factories
from tests.hands import together
from tests.relay import drain
from tests.tasks.web import people

pytestmark = pytest.mark.django_db
REASONS = "因主管部门发布新的禁止性规定,本题目所涉工艺已不得实施。"


@pytest.fixture
def challenge() -> Challenge:
    return factories.open_challenge()


def ask(challenge: Challenge, actor: User | None = None, **changes: Any) -> CancellationRequest:
    said = {"ground": "ILLEGALITY", "reasons": REASONS, **changes}
    return services.ask_for_cancellation(public_id=challenge.public_id, actor=actor or challenge.author, **said)


def decide(challenge: Challenge, *, granted: bool = True, actor: User | None = None) -> CancellationRequest:
    judge = actor or challenge.adjudicator
    assert judge
    return services.decide_on_cancellation(public_id=challenge.public_id, actor=judge, granted=granted, reasons=REASONS)


def test_granted_the_call_ends_and_everybody_reads_why(client: Client, challenge: Challenge) -> None:
    ask(challenge)
    assert Challenge.objects.get(pk=challenge.pk).state == State.OPEN
    decide(challenge)
    after = Challenge.objects.get(pk=challenge.pk)
    assert (after.state, after.version) == (State.CANCELLED, challenge.version + 1)
    fact = Fact.objects.get(kind="challenge.cancelled")
    assert (fact.role, fact.reason, fact.data) == ("ADJUDICATOR", REASONS, {"ground": "ILLEGALITY"})
    page = client.get(f"/en/challenges/{challenge.public_id}/").content.decode()
    assert "This call was cancelled before its deadline" in page
    assert REASONS in page
    clock.shift(days=40)
    assert advance() == 0


def test_refused_the_call_goes_on_and_only_its_sponsor_learns_of_it(client: Client, challenge: Challenge) -> None:
    before = people.body(people.get(client, f"/en/challenges/{challenge.public_id}/", None))
    ask(challenge)
    decide(challenge, granted=False)
    after = people.body(people.get(client, f"/en/challenges/{challenge.public_id}/", None))
    assert after == before
    assert Challenge.objects.get(pk=challenge.pk).state == State.OPEN
    public = {fact.kind for fact in challenges.trail_of(challenge)}
    assert public == {"challenge.approved", "challenge.key_made", "challenge.opened"}
    for fact in Fact.objects.filter(kind__startswith="challenge.cancellation"):
        assert ChallengeTopic(challenge.public_id) not in reach.of_challenge(fact)
    own = people.get(client, f"/en/challenges/{challenge.public_id}/cancellation/", challenge.author)
    assert REASONS in own.content.decode()
    ask(challenge)


def test_only_the_sponsor_asks_and_only_the_adjudicator_decides(challenge: Challenge) -> None:
    admin = factories.officer_with(Role.REGION_ADMIN)
    for actor in (factories.person(), admin, challenge.adjudicator, challenge.supervisor):
        with pytest.raises(Refusal):
            ask(challenge, actor)
    with pytest.raises(NotFound):
        decide(challenge)
    ask(challenge)
    with pytest.raises(Refusal):
        ask(challenge)
    for actor in (challenge.author, challenge.supervisor, admin, factories.person()):
        with pytest.raises(Refusal):
            decide(challenge, actor=actor)
    assert Challenge.objects.get(pk=challenge.pk).state == State.OPEN


@pytest.mark.parametrize("wrong", [{"ground": "BORED"}, {"reasons": "不想做了"}, {"reasons": "长" * 2001}])
def test_a_request_has_a_ground_and_reasons(challenge: Challenge, wrong: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        ask(challenge, **wrong)
    assert not CancellationRequest.objects.exists()


def test_what_is_not_decided_before_the_deadline_has_lapsed(client: Client, challenge: Challenge) -> None:
    ask(challenge)
    assert challenge.adjudicator
    assert len(queries.to_decide(challenge.adjudicator, 9)) == 1
    clock.shift(days=31)
    assert queries.to_decide(challenge.adjudicator, 9) == []
    with pytest.raises(Refusal):
        decide(challenge)
    page = people.get(client, f"/en/challenges/{challenge.public_id}/cancellation/", challenge.author)
    assert "has lapsed" in page.content.decode()


def test_nothing_of_a_cancelled_calls_answers_is_opened_and_their_authors_are_told_alone(challenge: Challenge) -> None:
    draft, handed = factories.proposal_draft(challenge), factories.submitted_proposal(challenge)
    holders = holders_of(challenge.public_id)
    assert all(list(sealing.keys_bind(holder)) for holder in holders)
    ask(challenge)
    decide(challenge)
    drain()
    told = set(Notice.objects.filter(kind="challenge.cancelled", part="SOLVER").values_list("user", flat=True))
    assert told == {draft.author.pk, handed.author.pk}
    handed.refresh_from_db()
    assert (handed.state, handed.code) == ("SUBMITTED", "")
    assert next_for(handed, handed.saved_at) == CANCELLED
    with pytest.raises(Refusal):
        proposing.submit_proposal(public_id=draft.public_id, actor=draft.author)
    with pytest.raises(Refusal):
        factories.opening.confirm_opening(public_id=challenge.public_id, actor=challenge.supervisor)
    assert not any(list(sealing.keys_bind(holder)) for holder in holders)  # nobody waits for what is never opened


def test_the_adjudicator_decides_on_pages_that_read_the_same_whether_anybody_has_answered(client: Client) -> None:
    """Twin worlds: the page of the decision, with and without proposals."""
    read = []
    for answered in (False, True):
        challenge = factories.open_challenge()
        if answered:
            factories.submitted_proposal(challenge)
            factories.proposal_draft(challenge)
        ask(challenge)
        page = people.get(client, f"/en/challenges/{challenge.public_id}/cancellation/", challenge.adjudicator)
        asked = CancellationRequest.objects.get(challenge=challenge).public_id
        text = (
            people.body(page)
            .replace(challenge.public_id, "ID")
            .replace(asked, "ASKED")
            .replace(str(challenge.sponsor), "SPONSOR")
        )
        assert challenge.adjudicator
        assert challenge.deadline
        read.append(
            text.replace(challenge.adjudicator.public_id, "ME").replace(challenge.adjudicator.display_name, "ME")
        )
    assert "Record the decision" in read[0]
    strip = lambda text: [line for line in text.splitlines() if "<time" not in line]  # noqa: E731  # the two were asked at two moments
    assert strip(read[0]) == strip(read[1])


def test_ask_and_decide_on_the_pages(client: Client, challenge: Challenge) -> None:
    address = f"/en/challenges/{challenge.public_id}/cancellation/"
    people.seen_by(client, challenge.author)
    bad = client.post(address, {"ground": "OTHER", "reasons": "太短"})
    assert bad.status_code == 422
    assert "太短" in bad.content.decode()
    assert client.post(address, {"ground": "FORCE_MAJEURE", "reasons": REASONS}).status_code == 302
    people.seen_by(client, challenge.adjudicator)
    assert "Requests for cancellation" in client.get("/en/my-work/").content.decode()
    assert "Decide on the cancellation" in client.get(f"/en/challenges/{challenge.public_id}/").content.decode()
    wrong = client.post(f"{address}decide/", {"reasons": REASONS, "version": "1"})
    assert wrong.status_code == 422
    assert "granted" in wrong.context["decision_form"].errors
    sent = client.post(f"{address}decide/", {"granted": "yes", "reasons": REASONS, "version": "1"})
    assert sent.status_code == 302
    assert Challenge.objects.get(pk=challenge.pk).state == State.CANCELLED
    case = client.get(f"/en/desk/{challenge.public_id}/")
    assert case.status_code == 200
    assert "Confirm the opening" not in case.content.decode()


def test_both_officers_find_the_request_on_the_case(client: Client, challenge: Challenge) -> None:
    case = reverse("adjudication:case", args=[challenge.public_id])
    address = reverse("challenges:cancellation", args=[challenge.public_id])
    for officer in (challenge.adjudicator, challenge.supervisor):
        assert address not in people.body(people.get(client, case, officer))
    ask(challenge)
    for officer in (challenge.adjudicator, challenge.supervisor):
        assert address in people.body(people.get(client, case, officer))


def test_a_decision_is_on_the_request_that_was_read_and_its_reasons_stay(client: Client, challenge: Challenge) -> None:
    address = f"/en/challenges/{challenge.public_id}/cancellation/"
    read = ask(challenge)
    people.seen_by(client, challenge.adjudicator)
    assert read.public_id in client.get(address).content.decode()
    decide(challenge, granted=False)
    later = ask(challenge, ground="FORCE_MAJEURE")
    said = {"granted": "yes", "reasons": REASONS, "version": str(later.version), "which": read.public_id}
    answer = client.post(f"{address}decide/", said)
    assert answer.status_code == 409
    assert answer.context["decision_form"]["reasons"].value() == REASONS
    assert Challenge.objects.get(pk=challenge.pk).state == State.OPEN
    assert client.post(f"{address}decide/", {**said, "which": later.public_id}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_granting_and_refusing_at_once_one_wins() -> None:
    challenge = factories.open_challenge()
    ask(challenge)
    results = together(lambda: decide(challenge), lambda: decide(challenge, granted=False), lambda: decide(challenge))
    won = [one for one in results if isinstance(one, CancellationRequest)]
    assert len(won) == 1
    assert all(isinstance(one, (CancellationRequest, Stale, NotFound, Refusal)) for one in results)
    ended = Challenge.objects.get(pk=challenge.pk).state == State.CANCELLED
    assert ended == (won[0].state == "GRANTED")
