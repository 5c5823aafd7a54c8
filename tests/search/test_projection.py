"""What the index holds of a row, and what it never holds."""

import json

import pytest

from search.projection import document, of_challenge, of_expert, region_path
from search.sources import SOURCES, Kind
from tests import factories
from tests.search.rows import content_of

pytestmark = pytest.mark.django_db


def test_a_challenge_is_projected_with_all_that_is_public_of_it() -> None:
    challenge = factories.open_challenge(title_en="Interface impedance", keywords=("硫化物",))
    content = content_of(Kind.CHALLENGE, challenge.public_id)
    assert content is not None
    assert content.title == "固态电池界面阻抗降低\nInterface impedance"
    assert content.keywords == "硫化物"
    assert (content.state, content.mode, content.bounty) == ("OPEN", "TASK", 3_000_000_00)
    assert content.fields == ("new-energy",)
    assert content.regions == ("420100", "420000", "CN")
    for said in ("界面阻抗降低一个数量级", "界面阻抗 ≤ 10 Ω·cm²", "武汉市", "Wuhan", str(challenge.sponsor)):
        assert said in content.body
    assert content.version == challenge.version


def test_contacts_officers_and_proposals_stay_out_of_the_index() -> None:
    challenge = factories.open_challenge(contact_person="张三丰", contact_telephone="027-12345678")
    factories.submitted_proposal(challenge, title="绝密方案")
    content = content_of(Kind.CHALLENGE, challenge.public_id)
    assert content is not None
    stored = json.dumps([content.body, document(content)], ensure_ascii=False, default=str)
    assert challenge.adjudicator is not None
    for secret in ("张三丰", "12345678", "绝密", challenge.author.public_id, challenge.adjudicator.display_name):
        assert secret not in stored


def test_the_digest_follows_the_content_and_not_the_moment() -> None:
    challenge = factories.open_challenge()
    first, again = (content_of(Kind.CHALLENGE, challenge.public_id) for _ in range(2))
    assert first is not None
    assert again is not None
    assert first.digest == again.digest == document(first)["digest"]
    challenge.keywords = ["另一个"]
    assert of_challenge(challenge).digest != first.digest


def test_an_expert_is_projected_without_the_person() -> None:
    person = factories.expert(fields=(factories.field("batteries"),))
    content = of_expert(SOURCES[Kind.EXPERT].rows().get(user=person))
    assert (content.title, content.fields, content.regions) == ("评审", ("batteries",), ("330100", "330000", "CN"))
    assert person.email not in content.body


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("420106", ("420106", "420100", "420000", "CN")),
        ("420000", ("420000", "CN")),
        ("CN", ("CN",)),
        ("US", ("US",)),
    ],
)
def test_a_region_is_indexed_with_those_it_lies_in(code: str, path: tuple[str, ...]) -> None:
    assert region_path(factories.region(code, code, code)) == path
