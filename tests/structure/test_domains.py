"""Mail domains: names, the code that only a postmaster reads, and joining by an address."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts import queries as people
from marketplace.accounts import supervising
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.roles import Role
from marketplace.kernel.errors import Refusal
from marketplace.notices.models import Letter
from marketplace.structure import claiming, domains
from marketplace.structure.models import MailDomain
from tests import clock as movable
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser, text_of


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("USTC.edu.cn", "ustc.edu.cn"),
        (" someone@whu.edu.cn. ", "whu.edu.cn"),
        ("中科大.中国", "xn--fiq80yzo0a.xn--fiqs8s"),
    ],
)
def test_a_domain_is_read_as_mail_servers_know_it(typed: str, name: str) -> None:
    assert domains.normalised(typed) == name
    assert domains.is_domain(name)


@pytest.mark.parametrize("typed", ["", "localhost", "127.0.0.1", "a..b", "-a.cn", "a b.cn", "x" * 64 + ".cn", "a.cn/x"])
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        claiming._understood(typed)


@given(st.text(max_size=300))
def test_nothing_that_is_typed_does_harm(typed: str) -> None:
    assert isinstance(domains.of_address(typed), str)


@pytest.fixture
def owner(db: None) -> User:
    return factories.person("院长")


@pytest.fixture
def house(owner: User) -> Organisation:
    return factories.organisation(owner)


def claimed(house: Organisation, owner: User, domain: str = "wuhan-battery.example") -> tuple[MailDomain, str]:
    """A claim, and the code of its letter."""
    row = claiming.claim_domain(organisation_id=house.public_id, actor=owner, domain=domain, mailbox="postmaster")
    letter = Letter.objects.filter(to=f"postmaster@{row.domain}").latest("pk")
    code = re.search(r"\b\d{8}\b", letter.body)
    assert code
    return row, code[0]


def proved(house: Organisation, owner: User, domain: str = "wuhan-battery.example") -> MailDomain:
    row, code = claimed(house, owner, domain)
    return claiming.prove_domain(organisation_id=house.public_id, public_id=row.public_id, actor=owner, code=code)


def with_address(address: str, *, confirmed: bool = True) -> User:
    person = factories.person()
    EmailAddress.objects.create(user=person, email=address, verified=confirmed)
    return person


def join(house: Organisation, person: User) -> int:
    return at_browser(person).post(reverse("structure:join", args=[house.public_id])).status_code


def test_whoever_has_confirmed_an_address_there_joins_as_a_member(house: Organisation, owner: User) -> None:
    assert proved(house, owner).state == "PROVED"
    person = with_address("Li.Ming@Wuhan-Battery.example")
    page = at_browser(person).get("/en" + reverse("accounts:organisation", args=[house.public_id]))
    assert "Join as a member" in text_of(page)
    assert join(house, person) == 302
    assert people.place_of(User.objects.get(pk=person.pk), house) == "MEMBER"
    assert join(house, person) == 422


def test_nobody_else_does(house: Organisation, owner: User) -> None:
    claimed(house, owner, "only-claimed.example")
    proved(house, owner)
    others = (
        with_address("x@wuhan-battery.example", confirmed=False),
        with_address("x@only-claimed.example"),
        with_address("x@sub.wuhan-battery.example"),
        with_address("x@wuhan-battery.example.evil.example"),
        factories.person(),
    )
    assert [join(house, one) for one in others] == [422] * len(others)
    assert house.memberships.count() == 1


def test_a_suspended_house_takes_nobody(house: Organisation, owner: User) -> None:
    proved(house, owner)
    supervising.suspend_organisation(
        public_id=house.public_id, actor=factories.officer_with(Role.SUPERVISOR), reason="核查"
    )
    assert join(house, with_address("x@wuhan-battery.example")) == 422


def test_a_code_can_be_tried_five_times(house: Organisation, owner: User) -> None:
    row, code = claimed(house, owner)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    where = reverse("structure:domain_prove", args=[house.public_id, row.public_id])
    client = at_browser(owner)
    assert [client.post(where, {"code": wrong}).status_code for _turn in range(5)] == [422] * 5
    assert client.post(where, {"code": code}).status_code == 422
    row.refresh_from_db()
    assert (row.state, row.tries) == ("CLAIMED", 5)


def test_a_code_is_over_after_two_days(house: Organisation, owner: User) -> None:
    row, code = claimed(house, owner)
    movable.shift(seconds=(claiming.LASTS - timedelta(minutes=1)).total_seconds())
    with pytest.raises(Refusal):
        claiming.prove_domain(organisation_id=house.public_id, public_id=row.public_id, actor=owner, code="0")
    movable.shift(minutes=2)
    with pytest.raises(Refusal):
        claiming.prove_domain(organisation_id=house.public_id, public_id=row.public_id, actor=owner, code=code)


def test_a_domain_is_one_organisations(house: Organisation, owner: User) -> None:
    other = factories.person()
    second = factories.organisation(other)
    row, code = claimed(second, other)
    proved(house, owner)
    with pytest.raises(Refusal) as refused:
        claiming.prove_domain(organisation_id=second.public_id, public_id=row.public_id, actor=other, code=code)
    assert refused.value.field == "code"
    given_up = MailDomain.objects.get(organisation=house)
    claiming.give_domain_up(organisation_id=house.public_id, public_id=given_up.public_id, actor=owner)
    again = claiming.prove_domain(organisation_id=second.public_id, public_id=row.public_id, actor=other, code=code)
    assert again.state == "PROVED"


def test_letters_to_strangers_are_few_and_go_to_no_other_mailbox(house: Organisation, owner: User) -> None:
    for turn in range(10):
        claimed(house, owner, f"house{turn}.example")
    with pytest.raises(Refusal):
        claimed(house, owner, "eleventh.example")
    form = {"domain": "other.example", "mailbox": "victim"}
    assert at_browser(owner).post(reverse("structure:domain_claim", args=[house.public_id]), form).status_code == 422
    assert mail.outbox == []
    assert Letter.objects.filter(to__startswith="postmaster@house").count() == 10


def test_only_the_owner_of_a_verified_house_claims(owner: User, house: Organisation) -> None:
    officer = factories.person()
    factories.member(house, officer, "OFFICER")
    waiting = factories.organisation(owner, verified=False)
    for actor, at in ((officer, house), (owner, waiting), (factories.person(), house)):
        with pytest.raises(Refusal):
            claiming.claim_domain(organisation_id=at.public_id, actor=actor, domain="a.example", mailbox="admin")
    assert MailDomain.objects.count() == 0
