"""The verbs of profiles, what they refuse, and that nothing is public before its owner says so."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress

from marketplace.accounts import services as accounts
from marketplace.kernel.errors import NotFound, Refusal, Stale
from marketplace.outbox.models import Fact
from marketplace.profiles import queries, services
from marketplace.profiles.models import Listing, Profile, Reference
from marketplace.profiles.queries import Ask
from marketplace.profiles.showing import Audience, Part, Visibility
from tests import factories, relay
from tests.profiles.people import DOI, EVERYTHING_PUBLIC, citation, content, profile_of, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def facts(profile: Profile) -> list[str]:
    return list(Fact.objects.filter(subject=profile.public_id).order_by("pk").values_list("kind", flat=True))


def found(audience: Audience = Audience.EVERYBODY, **asked: str) -> list[int]:
    return [row.profile_id for row in queries.listed(Ask(**asked), audience)]


def test_the_first_saving_makes_it_and_nobody_else_sees_it() -> None:
    person = factories.person()
    profile = profile_of(person)
    assert facts(profile) == ["profile.changed"]
    assert found(Audience.MEMBERS) == []
    with pytest.raises(NotFound):
        queries.seen_by(profile.public_id, factories.person())
    assert queries.seen_by(profile.public_id, person) == profile


def test_published_found_and_taken_back_at_once() -> None:
    person = factories.person()
    profile = published(person)
    assert found(text="阻抗谱") == [profile.pk]
    services.withdraw(actor=person)
    assert (found(), Listing.objects.count()) == ([], 0)
    assert facts(profile) == ["profile.changed", "profile.published", "profile.withdrawn"]
    with pytest.raises(Stale):
        services.withdraw(actor=person)


def test_two_windows_do_not_overwrite_each_other() -> None:
    person = factories.person()
    first = profile_of(person)
    services.save_profile(actor=person, content=content(headline="新的一行"), version=first.version)
    for version in (first.version, 0):
        with pytest.raises(Stale):
            services.save_profile(actor=person, content=content(headline="旧窗口"), version=version)
    assert Profile.objects.get().headline == "新的一行"


@pytest.mark.parametrize("lacking", ["headline", "expertise"])
def test_an_empty_page_is_not_published(lacking: str) -> None:
    person = factories.person()
    profile_of(person, **{lacking: ""})
    with pytest.raises(Refusal, match="it needs the line"):
        services.publish(actor=person)


def test_nor_that_of_somebody_whose_address_nobody_confirmed() -> None:
    person = factories.person()
    profile_of(person)
    EmailAddress.objects.update(verified=False)
    with pytest.raises(Refusal, match="confirm"):
        services.publish(actor=person)


def test_a_closed_account_vanishes_at_once() -> None:
    person = factories.person()
    profile = published(person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert found(Audience.MEMBERS) == []
    with pytest.raises(NotFound):
        queries.seen_by(profile.public_id, factories.person())


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        (Part.EXPERTISE, {"text": "阻抗谱"}),
        (Part.HEADLINE, {"text": "研究员"}),
        (Part.ACHIEVEMENTS, {"text": "中试线"}),
        (Part.REFERENCES, {"text": DOI}),
        (Part.KINDS, {"kind": "COMMISSIONER"}),
        (Part.FIELDS, {"field": "new-energy"}),
        (Part.REGION, {"region": "420000"}),
        (Part.AVAILABILITY, {"availability": "OPEN"}),
    ],
)
@pytest.mark.parametrize("level", Visibility)
def test_a_filter_on_a_hidden_part_finds_nobody(part: Part, asked: dict[str, str], level: Visibility) -> None:
    person = factories.person()
    published(person, visibility={**EVERYTHING_PUBLIC, part.value: level.value})
    services.add_reference(actor=person, citation=citation())
    assert len(found(Audience.EVERYBODY, **asked)) == (level == Visibility.PUBLIC)
    assert len(found(Audience.MEMBERS, **asked)) == (level != Visibility.PRIVATE)


def test_what_is_hidden_later_is_not_found_any_more() -> None:
    person = factories.person()
    profile = published(person)
    hidden = {**EVERYTHING_PUBLIC, "expertise": "PRIVATE"}
    services.save_profile(actor=person, content=content(visibility=hidden), version=profile.version)
    assert found(text="阻抗谱") == []
    assert found(text="界面工程") == [profile.pk]


@pytest.mark.parametrize("asked", ["", "阻抗", "阻抗谱 硫化物", "ＥＩＳ", "eis", "阻抗譜", "Wuhan", "人名"])
def test_every_word_must_occur_in_any_width_and_case(asked: str) -> None:
    published(factories.person("人名"), expertise="硫化物 EIS 阻抗谱")
    assert len(found(text=asked)) == 1
    assert found(text=f"{asked} 无此词") == []


def test_a_code_is_found_by_itself_alone() -> None:
    published(factories.person(), kinds=["SME"], fields=(factories.field("energy"),))
    assert found(field="new-energy") == []
    assert found(field="ener") == []
    assert len(found(field="energy", kind="SME")) == 1


def test_references_are_there_once_however_the_doi_is_written() -> None:
    person = factories.person()
    services.add_reference(actor=person, citation=citation(identifier=f"https://doi.org/{DOI.upper()}"))
    for again in (f"doi:{DOI}", DOI, f"http://dx.doi.org/{DOI}"):
        with pytest.raises(Refusal, match="already"):
            services.add_reference(actor=person, citation=citation(identifier=again, title="别的标题"))
    services.add_reference(actor=person, citation=citation(identifier=""))
    with pytest.raises(Refusal, match="already"):
        services.add_reference(actor=person, citation=citation(identifier="", title=" 界面阻抗研究 "))
    assert Reference.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"link": "http://example.org/"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://name:word@example.org/"}, "link"),
        ({"title": " \u202e "}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"year": 99}, "year"),
        ({"kind": "NOVEL"}, "kind"),
    ],
)
def test_a_reference_that_cannot_stand_is_refused_at_its_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        services.add_reference(actor=factories.person(), citation=citation(**change))
    assert refused.value.field == field
    assert not Profile.objects.exists()


def test_somebody_else_removes_nothing() -> None:
    person, other = factories.person(), factories.person()
    mine = services.add_reference(actor=person, citation=citation())
    profile_of(other)
    with pytest.raises(NotFound):
        services.remove_reference(actor=other, public_id=mine.public_id)
    services.remove_reference(actor=person, public_id=mine.public_id)
    assert not Reference.objects.exists()


def test_a_profile_has_three_hundred_references_at_most() -> None:
    person = factories.person()
    many = [citation(identifier="", title=f"论文 {number}") for number in range(300)]
    assert services.take(actor=person, citations=many) == services.Taken(300, 0)
    with pytest.raises(Refusal, match="300"):
        services.add_reference(actor=person, citation=citation())


def test_a_text_is_added_to_the_expertise_once_and_only_while_it_fits() -> None:
    person = factories.person()
    profile_of(person)
    for _twice in range(2):
        services.take(actor=person, citations=[], texts=["生物传记"])
    assert Profile.objects.get().expertise == "硫化物电解质、阻抗谱与界面修饰\n\n生物传记"
    with pytest.raises(Refusal, match="too long"):
        services.take(actor=person, citations=[], texts=["长" * 5000])


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Zhang Wei", "ＺＨＡＮＧ Wei"),
        ("ＺＨＡＮＧ　Ｗｅｉ", "zhang wei"),
        ("Zhang  Wei", "wei　zhang"),
        ("Mira KOVAČ", "kovač"),
        ("張偉", "张伟"),
        ("江汉青", "汉青"),
    ],
)
def test_a_name_is_found_in_any_width_case_and_script(name: str, asked: str) -> None:
    profile = published(factories.person(name))
    assert found(text=asked) == [profile.pk]


def test_the_new_name_finds_them_and_the_old_one_no_longer() -> None:
    person = factories.person("旧名字")
    profile = published(person)
    accounts.change_profile(actor=person, display_name="Neu Ｎame", language="en")
    relay.drain()
    assert (found(text="neu name"), found(text="旧名字")) == ([profile.pk], [])
    accounts.change_profile(actor=factories.person(), display_name="无主页", language="en")
    relay.drain()
    assert found(text="无主页") == []
