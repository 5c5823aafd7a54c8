"""Who may answer, until when, and that nothing of it shows before the opening (L07, I9, I12)."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace.accounts import queries as people
from marketplace.accounts.models import Membership, SponsorClass, User
from marketplace.consents import queries as consents
from marketplace.consents.services import Wish, ask_for_consent, give_consent
from marketplace.consents.terms import CONDITIONS, ConsentKind, Period
from marketplace.identity import documents
from marketplace.identity.services import Application
from marketplace.kernel import clock
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.outbox.models import Fact
from tasks.challenges.models import Challenge
from tasks.proposals import policy, queries, services
from tasks.proposals.lifecycle import ProposalState
from tasks.proposals.models import Proposal
from tests import clock as movable
from tests import factories
from tests.identity.test_documents import CARD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("title", {"title": ""}),
        ("approach", {"approach": " "}),
        ("indicators_answer", {"indicators_answer": ""}),
        ("schedule", {"schedule": ""}),
        ("price", {"price_amount": None}),
        ("price", {"price_amount": 3_000_000_01}),
    ],
)
def test_an_incomplete_answer_is_kept_as_a_draft_and_not_submitted(field: str, change: dict[str, Any]) -> None:
    drafted = factories.proposal_draft(factories.open_challenge(), **change)
    with pytest.raises(Refusal) as refused:
        services.submit_proposal(public_id=drafted.public_id, actor=drafted.author)
    assert refused.value.field == field
    drafted.refresh_from_db()
    assert drafted.state == ProposalState.DRAFT


@pytest.mark.parametrize("price", [-1, 0, 10**15 + 1])
def test_an_impossible_price_is_not_even_saved(price: int) -> None:
    challenge = factories.open_challenge()
    begun = services.start_proposal(challenge_id=challenge.public_id, actor=factories.person())
    with pytest.raises(Refusal):
        services.save_proposal(
            public_id=begun.public_id,
            actor=begun.author,
            content=factories.content(price_amount=price),
            organisation=None,
        )
    begun.refresh_from_db()
    assert (begun.content.price_amount, begun.content.title) == (None, "")


def test_bounty_mode_asks_neither_price_nor_schedule() -> None:
    challenge = factories.open_challenge(mode="BOUNTY")
    mine = factories.submitted_proposal(challenge, price_amount=None, schedule="")
    assert mine.state == ProposalState.SUBMITTED


def test_a_submission_at_the_deadline_is_late_and_the_draft_is_kept() -> None:
    challenge = factories.open_challenge()
    late, in_time = factories.proposal_draft(challenge), factories.proposal_draft(challenge)
    assert challenge.deadline
    movable.shift(seconds=(challenge.deadline - clock.now()).total_seconds() - 2)
    services.submit_proposal(public_id=in_time.public_id, actor=in_time.author)
    movable.shift(seconds=2)
    with pytest.raises(Refusal, match="deadline has passed"):
        services.submit_proposal(public_id=late.public_id, actor=late.author)
    late.refresh_from_db()
    assert (late.state, late.content.approach) == (ProposalState.DRAFT, factories.content().approach)
    assert Challenge.objects.get(pk=challenge.pk).state == "OPEN"


def test_withdrawing_is_possible_until_the_deadline_and_lends_its_text_to_a_new_draft() -> None:
    challenge = factories.open_challenge()
    mine = factories.proposal_draft(challenge)
    code = mine.as_kept.code
    services.submit_proposal(public_id=mine.public_id, actor=mine.author)
    services.withdraw_proposal(public_id=mine.public_id, actor=mine.author)
    again = services.start_proposal(challenge_id=challenge.public_id, actor=mine.author, code=code)
    assert (again.pk != mine.pk, again.content, again.state) == (True, factories.content(), ProposalState.DRAFT)
    services.submit_proposal(public_id=again.public_id, actor=again.author)
    movable.shift(days=31)
    with pytest.raises(Refusal):
        services.withdraw_proposal(public_id=again.public_id, actor=again.author)


def test_a_submitted_answer_cannot_be_edited() -> None:
    mine = factories.submitted_proposal(factories.open_challenge())
    with pytest.raises(Refusal):
        services.save_proposal(
            public_id=mine.public_id, actor=mine.author, content=factories.content(title="新"), organisation=None
        )


def test_an_older_window_does_not_overwrite_a_newer_one() -> None:
    mine = factories.proposal_draft(factories.open_challenge())
    seen = mine.version
    services.save_proposal(
        public_id=mine.public_id,
        actor=mine.author,
        content=factories.content(title="甲"),
        organisation=None,
        version=seen,
    )
    with pytest.raises(Stale):
        services.save_proposal(
            public_id=mine.public_id,
            actor=mine.author,
            content=factories.content(title="乙"),
            organisation=None,
            version=seen,
        )
    mine.refresh_from_db()
    assert mine.content.title == "甲"


def test_parties_to_the_challenge_may_not_answer_it() -> None:
    challenge = factories.open_challenge()
    colleague = factories.person()
    assert challenge.sponsor
    factories.member(challenge.sponsor, colleague)
    for insider in (challenge.author, colleague, challenge.adjudicator, challenge.supervisor):
        assert insider
        with pytest.raises(Refusal):
            services.start_proposal(challenge_id=challenge.public_id, actor=insider)
    assert not Proposal.objects.exists()


def test_submitting_needs_a_name_and_a_name_a_confirmed_address() -> None:
    drafted = factories.proposal_draft(factories.open_challenge(), author=factories.person(verified=False, known=False))
    said = Application(name="欧阳", document=documents.id_card(CARD), region=factories.region())
    for name, refusal in [(None, "who you are"), (said, "e-mail")]:
        with pytest.raises(Refusal, match=refusal):
            services.submit_proposal(public_id=drafted.public_id, actor=drafted.author, real_name=name)


def test_a_reserved_work_package_takes_answers_of_verified_small_firms_only() -> None:
    challenge = factories.open_challenge(reserved_for_sme=True, eligibility_reason="协作配套")
    alone = factories.proposal_draft(challenge)
    with pytest.raises(Refusal, match="reserved"):
        services.submit_proposal(public_id=alone.public_id, actor=alone.author)
    firm = factories.organisation(alone.author)
    assert firm.sponsor_class == SponsorClass.SME
    services.save_proposal(
        public_id=alone.public_id, actor=alone.author, content=factories.content(), organisation=firm
    )
    assert services.submit_proposal(public_id=alone.public_id, actor=alone.author).state == "SUBMITTED"


@pytest.fixture
def lecturer() -> User:
    person = factories.person()
    factories.member(factories.organisation(factories.person(), kind="UNIVERSITY"), person)
    return person


def test_where_the_challenge_asks_for_it_nobody_submits_alone_without_their_employers_consent(lecturer: User) -> None:
    """J08: the draft is kept, and goes out once the consent is there."""
    alone = factories.proposal_draft(factories.open_challenge(consent_at_submission=True), author=lecturer)
    with pytest.raises(Refusal, match="employer's consent"):
        services.submit_proposal(public_id=alone.public_id, actor=lecturer)
    consented(lecturer)
    assert services.submit_proposal(public_id=alone.public_id, actor=lecturer).state == "SUBMITTED"


def test_an_employer_nobody_has_verified_keeps_nobody_from_submitting_for_it_can_consent_to_nothing() -> None:
    """Its owner could propose neither alone nor in its name."""
    owner = factories.person()
    house = factories.organisation(owner, kind="UNIVERSITY", verified=False)
    alone = factories.proposal_draft(factories.open_challenge(consent_at_submission=True), author=owner)
    assert policy.wrong_name(owner, house) is not None
    assert services.submit_proposal(public_id=alone.public_id, actor=owner).state == "SUBMITTED"


def test_an_employer_whose_verification_is_over_is_one_still(lecturer: User) -> None:
    consents.employers_of(lecturer).update(verified_until=clock.now())
    alone = factories.proposal_draft(factories.open_challenge(consent_at_submission=True), author=lecturer)
    with pytest.raises(Refusal, match="employer's consent"):
        services.submit_proposal(public_id=alone.public_id, actor=lecturer)


def test_in_an_organisations_name_no_consent_is_asked_for(lecturer: User) -> None:
    challenge = factories.open_challenge(consent_at_submission=True)
    mine = factories.proposal_draft(challenge, author=lecturer)
    firm = factories.organisation(lecturer)
    services.save_proposal(public_id=mine.public_id, actor=lecturer, content=factories.content(), organisation=firm)
    assert services.submit_proposal(public_id=mine.public_id, actor=lecturer).state == "SUBMITTED"


def test_usually_the_consent_is_due_with_the_contract_and_nothing_is_refused_before(lecturer: User) -> None:
    alone = factories.proposal_draft(factories.open_challenge(), author=lecturer)
    assert consents.is_lacking(lecturer)
    assert services.submit_proposal(public_id=alone.public_id, actor=lecturer).state == "SUBMITTED"


def consented(person: User) -> None:
    """Their employer's officer says yes to paid work beside theirs."""
    employer = consents.employers_of(person).get()
    today = consents.today()
    wish = Wish(kind=ConsentKind.IN_SERVICE, period=Period(today, today + timedelta(days=200)), organisation=employer)
    asked = ask_for_consent(actor=person, wish=wish)
    said = [one.value for one in CONDITIONS[ConsentKind.IN_SERVICE]]
    give_consent(public_id=asked.public_id, actor=people.officers_of(employer)[0], conditions=said)


def test_nobody_answers_in_the_name_of_an_organisation_nobody_has_verified() -> None:
    """Or anybody could register a famous name and put it on a proposal."""
    challenge = factories.open_challenge()
    mine = factories.proposal_draft(challenge)
    famous = factories.organisation(mine.author, verified=False)
    with pytest.raises(Refusal) as refused:
        services.save_proposal(
            public_id=mine.public_id, actor=mine.author, content=factories.content(), organisation=famous
        )
    assert refused.value.field == "organisation"
    assert Proposal.objects.get(pk=mine.pk).organisation is None
    Proposal.objects.filter(pk=mine.pk).update(organisation=famous)  # verified when chosen, and no longer
    with pytest.raises(Refusal, match="verified"):
        services.submit_proposal(public_id=mine.public_id, actor=mine.author)


def test_whoever_left_an_organisation_does_not_submit_in_its_name() -> None:
    """Chosen when the draft was saved, asked again when it is submitted."""
    mine = factories.proposal_draft(factories.open_challenge())
    firm = factories.organisation(mine.author)
    services.save_proposal(public_id=mine.public_id, actor=mine.author, content=factories.content(), organisation=firm)
    Membership.objects.filter(user=mine.author, organisation=firm).update(valid_until=clock.now())
    with pytest.raises(Refusal, match="act for"):
        services.submit_proposal(public_id=mine.public_id, actor=mine.author)
    assert Proposal.objects.get(pk=mine.pk).state == "DRAFT"


def test_before_opening_nobody_but_the_author_reads_or_finds_an_answer() -> None:
    challenge = factories.open_challenge()
    mine = factories.submitted_proposal(challenge)
    others = [challenge.author, challenge.adjudicator, challenge.supervisor, factories.person()]
    for other in others:
        assert other
        assert not policy.may_read(other, mine)
        with pytest.raises(NotFound):
            queries.own(mine.public_id, other)
    assert policy.may_read(mine.author, mine)
    assert list(queries.opened_in(challenge)) == []


def test_before_opening_the_challenges_own_stream_knows_nothing_of_answers() -> None:
    challenge = factories.open_challenge()
    before = list(Fact.objects.filter(stream=f"challenge:{challenge.public_id}").values_list("pk"))
    version = Challenge.objects.get(pk=challenge.pk).version
    mine = factories.submitted_proposal(challenge)
    services.withdraw_proposal(public_id=mine.public_id, actor=mine.author)
    assert list(Fact.objects.filter(stream=f"challenge:{challenge.public_id}").values_list("pk")) == before
    assert Challenge.objects.get(pk=challenge.pk).version == version


def test_somebody_elses_answer_can_be_neither_saved_nor_submitted_nor_withdrawn() -> None:
    mine = factories.submitted_proposal(factories.open_challenge())
    stranger = factories.person()
    with pytest.raises(NotFound):
        services.submit_proposal(public_id=mine.public_id, actor=stranger)
    with pytest.raises(NotFound):
        services.withdraw_proposal(public_id=mine.public_id, actor=stranger)
    with pytest.raises(NotFound):
        services.save_proposal(public_id=mine.public_id, actor=stranger, content=factories.content(), organisation=None)
    mine.refresh_from_db()
    assert (mine.state, mine.version) == ("SUBMITTED", 3)


def test_a_submission_is_decided_written_and_recorded_at_one_moment() -> None:
    """What was in time when it was decided carries no later moment (L07)."""
    proposal = factories.proposal_draft(factories.open_challenge(), factories.person())
    services.submit_proposal(public_id=proposal.public_id, actor=proposal.author)
    proposal.refresh_from_db()
    fact = Fact.objects.get(kind="proposal.submitted", subject=proposal.public_id)
    ticket = proposal.tickets.get()
    assert ticket.taken_at == proposal.submitted_at <= proposal.moved_at == fact.occurred_at
