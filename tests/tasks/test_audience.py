"""Who is called and who learns the sponsor's name: one answer in page, list, search, topic and notice (T07, J07)."""

import pytest
from django.test import Client

from marketplace.accounts.models import Membership, User
from marketplace.accounts.roles import Role
from marketplace.kernel import clock
from marketplace.kernel.errors import Refusal
from marketplace.notices import queries as notices
from realtime import topics
from search import database, projection, sources
from search.queries import Ask
from tasks.challenges import policy, queries
from tasks.challenges.models import Challenge
from tasks.proposals import policy as proposing
from tasks.proposals import services as writing
from tests import factories
from tests.tasks.web import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def internal() -> Challenge:
    """A published challenge for the sponsor's own people alone."""
    return factories.open_challenge(audience="INTERNAL", eligibility_reason="内部攻关")


def colleague(challenge: Challenge) -> User:
    """Somebody of the sponsor who acts for nobody."""
    assert challenge.sponsor
    person = factories.person()
    factories.member(challenge.sponsor, person, Membership.Place.MEMBER)
    return person


def test_what_a_house_keeps_to_itself_is_seen_by_its_people_and_its_judges_alone() -> None:
    challenge = internal()
    assert challenge.adjudicator
    assert challenge.supervisor
    inside = [challenge.author, colleague(challenge), challenge.adjudicator, challenge.supervisor]
    outside = [factories.person(), factories.expert()]
    for person in (*inside, *outside):
        seen = queries.visible_to(person).filter(pk=challenge.pk).exists()
        assert seen == (person in inside) == bool(policy.may_see(person, challenge))
        assert topics.Challenge(challenge.public_id).may_join(person) == seen


def test_it_is_in_no_list_no_index_and_no_public_topic() -> None:
    challenge = internal()
    assert not queries.public_challenges().exists()
    assert not queries.glimpses([challenge.public_id])
    assert sources.contents_of(projection.Kind.CHALLENGE, [challenge.public_id]) == {}
    assert sources.never_public(projection.Kind.CHALLENGE, [challenge.public_id]) == {challenge.public_id}
    assert not topics.public_among([topics.Challenge(challenge.public_id)])
    assert challenge.sponsor
    assert not queries.published_by(challenge.sponsor).exists()


def test_pages_answer_strangers_as_if_there_were_nothing(client: Client) -> None:
    challenge = internal()
    address = challenge.get_absolute_url()
    assert client.get(address).status_code == 404
    people.seen_by(client, factories.person())
    assert client.get(address).status_code == 404
    assert challenge.title not in client.get("/challenges/").content.decode()
    people.seen_by(client, colleague(challenge))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("audience", "stranger", "own"),
    [("EXTERNAL", True, False), ("BOTH", True, True), ("INTERNAL", False, True)],
)
def test_only_those_who_are_called_may_answer(audience: str, *, stranger: bool, own: bool) -> None:
    challenge = factories.open_challenge(audience=audience, eligibility_reason="内部攻关")
    assert bool(proposing.may_propose(factories.person(), challenge)) == stranger
    assert bool(proposing.may_propose(colleague(challenge), challenge)) == own
    assert not proposing.may_propose(challenge.author, challenge)


def test_a_call_to_the_chain_is_answered_by_the_suppliers_named() -> None:
    supplier = factories.person()
    house = factories.organisation(supplier)
    challenge = factories.open_challenge(audience="CHAIN", chain=(house,), eligibility_reason="产业链配套")
    assert proposing.may_propose(supplier, challenge)
    assert not proposing.may_propose(factories.person(), challenge)
    assert policy.may_see(factories.person(), challenge)


@pytest.mark.parametrize("shown", ["HIDDEN", "AFTER_NDA"])
def test_a_name_that_is_kept_stands_nowhere_before_the_award(client: Client, shown: str) -> None:
    challenge = factories.open_challenge(name_shown=shown, contact_office="保密单位办公室")
    assert challenge.sponsor
    name = challenge.sponsor.name
    people.seen_by(client, factories.person())
    organisation = f"/organisations/{challenge.sponsor.public_id}/"
    for address in (challenge.get_absolute_url(), "/challenges/", "/", f"/en{challenge.get_absolute_url()}"):
        page = client.get(address).content.decode()
        assert name not in page, address
        assert "保密单位办公室" not in page, address
    assert challenge.title not in client.get(organisation).content.decode()
    content = sources.contents_of(projection.Kind.CHALLENGE, [challenge.public_id])[challenge.public_id]
    assert name not in content.body
    assert content.sponsor == ""


def test_neither_does_the_search_answer_to_it() -> None:
    challenge = factories.open_challenge(name_shown="HIDDEN")
    assert challenge.sponsor
    now = clock.now()
    assert not database.challenges(Ask(text=challenge.sponsor.name), now=now).exists()
    assert not database.challenges(Ask(sponsor=challenge.sponsor.public_id), now=now).exists()
    assert database.challenges(Ask(text=challenge.title), now=now).exists()


def test_its_own_people_and_its_administrator_know_it_and_everybody_after_the_award(client: Client) -> None:
    challenge = factories.open_challenge(name_shown="HIDDEN")
    assert challenge.sponsor
    for knows in (challenge.author, colleague(challenge), factories.officer_with(Role.REGION_ADMIN)):
        assert policy.may_know_sponsor(knows, challenge)
    assert challenge.adjudicator
    assert not policy.may_know_sponsor(challenge.adjudicator, challenge)
    people.seen_by(client, challenge.author)
    assert challenge.sponsor.name in client.get(challenge.get_absolute_url()).content.decode()
    challenge.state = "AWARDED"
    assert challenge.named_sponsor == challenge.sponsor


def test_a_notice_about_it_names_neither() -> None:
    challenge = factories.open_challenge(name_shown="HIDDEN")
    assert challenge.sponsor
    for row in notices.notices():
        assert challenge.sponsor.name not in notices.sentence(row)


def test_what_is_kept_at_home_is_submitted_by_nobody_from_abroad() -> None:
    challenge = factories.open_challenge(abroad="NO", abroad_reason="涉及出口管制")
    owner = factories.person()
    house = factories.organisation(owner, code=factories.region("DE", "德国", "Germany", "COUNTRY").code)
    draft = factories.proposal_draft(challenge, owner)
    saved = writing.save_proposal(
        public_id=draft.public_id, actor=owner, content=factories.content(), organisation=house
    )
    with pytest.raises(Refusal, match="no proposals from abroad"):
        writing.submit_proposal(public_id=saved.public_id, actor=owner)
    assert factories.submitted_proposal(challenge).state == "SUBMITTED"
