"""A suspended sponsor's posting, invitations to a suspended house, an old office beside a new one, profiles."""

import json
import threading

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from marketplace.accounts import membership, supervising
from marketplace.accounts import queries as people
from marketplace.accounts import services as accounts
from marketplace.accounts.models import User
from marketplace.accounts.roles import Role, Scope
from marketplace.kernel.errors import Expected, Refusal
from marketplace.profiles import services as profiles
from tasks.challenges import services as posting
from tests import factories
from tests.profiles.people import EVERYTHING_PUBLIC, citation, published
from tests.structure.test_domains import proved, with_address
from tests.tasks.web_adjudication.stage import at_browser, text_of


def suspended(house):
    supervising.suspend_organisation(
        public_id=house.public_id, actor=factories.officer_with(Role.SUPERVISOR), reason="x"
    )


@pytest.mark.django_db
def test_a_posting_of_a_sponsor_suspended_meanwhile_is_not_opened() -> None:
    challenge = factories.submitted()
    suspended(challenge.sponsor)
    with pytest.raises(Refusal):
        posting.approve_challenge(
            public_id=challenge.public_id,
            actor=factories.officer_with(Role.REGION_ADMIN),
            adjudicator=factories.officer_with(Role.ADJUDICATOR),
            supervisor=factories.officer_with(Role.SUPERVISOR),
        )


@pytest.mark.django_db
def test_a_proposal_of_a_house_suspended_meanwhile_is_not_submitted() -> None:
    from tasks.proposals import services as proposing

    author = factories.person()
    house = factories.organisation(author)
    challenge = factories.open_challenge()
    begun = proposing.start_proposal(challenge_id=challenge.public_id, actor=author)
    proposing.save_proposal(public_id=begun.public_id, actor=author, content=factories.content(), organisation=house)
    suspended(house)
    with pytest.raises(Refusal):
        proposing.submit_proposal(public_id=begun.public_id, actor=author)


@pytest.mark.django_db
def test_a_suspended_house_takes_nobody_by_an_old_invitation() -> None:
    owner, guest = factories.person(), factories.person()
    house = factories.organisation(owner)
    sent = membership.invite(organisation_id=house.public_id, actor=owner, email=guest.email, place="OFFICER")
    suspended(house)
    with pytest.raises(Refusal):
        membership.accept_invitation(public_id=sent.public_id, actor=guest)


@pytest.mark.django_db
def test_a_hidden_part_is_found_by_nothing() -> None:
    person = factories.person("黎明")
    hidden = {
        **EVERYTHING_PUBLIC,
        **dict.fromkeys(("achievements", "references", "region", "availability", "fields", "kinds"), "PRIVATE"),
    }
    published(person, visibility=hidden, achievements="秘密装置XYZ")
    profiles.add_reference(actor=person, citation=citation(title="隐秘论文"))
    for client in (Client(), at_browser(factories.person())):
        for asked in (
            {"q": "XYZ"},
            {"q": "隐秘"},
            {"q": "10.1000/182"},
            {"q": "武汉"},
            {"kind": "RESEARCHER"},
            {"field": "new-energy"},
            {"region": "420100"},
            {"availability": "OPEN"},
        ):
            page = text_of(client.get("/people/", asked))
            assert "黎明" not in page, asked
        assert "XYZ" not in text_of(client.get(reverse("profiles:person", args=[person.profile.public_id])))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent",
    [
        {"title": "x", "kind": "PUBLICATION", "year": True, "identifier": "", "place": "", "link": ""},
        {"title": "x", "kind": "PUBLICATION", "year": 10**30, "identifier": "", "place": "", "link": ""},
        {"title": "x\x00", "kind": "PATENT", "year": None, "identifier": "ß" * 200, "place": "", "link": ""},
        {"title": "x", "kind": "PATENT", "year": None, "identifier": "", "place": "", "link": "javascript:alert(1)"},
        {"title": "x", "kind": "PATENT", "year": None, "identifier": "", "place": "", "link": "https://[::1"},
        {"title": "\ud800", "kind": "PATENT", "year": None, "identifier": "", "place": "", "link": ""},
    ],
)
def test_what_comes_back_from_the_page_does_no_harm(sent) -> None:
    client = at_browser(factories.person())
    client.raise_request_exception = False
    answer = client.post(reverse("profiles:take"), {"take": json.dumps(sent)})
    assert answer.status_code in {302, 422}
    assert "javascript:alert" not in text_of(client.get(reverse("profiles:references")))


@pytest.mark.django_db
def test_importing_again_and_again_writes_no_fact_each_time() -> None:
    """`take` with nothing new still counts the version up and records a fact."""
    from marketplace.outbox.models import Fact

    person = factories.person()
    profiles.add_reference(actor=person, citation=citation())
    before = Fact.objects.filter(kind="profile.changed").count()
    profiles.take(actor=person, citations=[citation()])
    assert Fact.objects.filter(kind="profile.changed").count() == before


@pytest.mark.django_db
def test_a_late_clock_does_not_let_one_act_after_the_end() -> None:
    """Between the end of a verification and the hourly job the house still posts."""
    from tests import clock as movable

    challenge = factories.draft(deadline=factories.clock.now() + factories.timedelta(days=500))
    movable.shift(days=366)
    with pytest.raises(Refusal):
        posting.submit_challenge(public_id=challenge.public_id, actor=challenge.author)


@pytest.mark.django_db(transaction=True)
@pytest.mark.production
def test_nobody_joins_while_they_become_an_administrator() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    proved(house, owner)
    person = with_address("x@wuhan-battery.example")
    from marketplace.structure import claiming

    heard: list[str] = []

    def joining() -> None:
        try:
            claiming.join(organisation_id=house.public_id, actor=User.objects.get(pk=person.pk))
            heard.append("joined")
        except Expected as failure:
            heard.append(type(failure).__name__)
        finally:
            connections.close_all()

    with transaction.atomic():
        accounts.grant_role(user=person, role=Role.SYSTEM_ADMIN, scope=Scope.PLATFORM)
        other = threading.Thread(target=joining)
        other.start()
        other.join(1.5)
    other.join(10)
    fresh = User.objects.get(pk=person.pk)
    assert not (people.administers(fresh) and people.is_party(fresh)), heard
