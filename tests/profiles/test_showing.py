"""For every mixture of visibilities: nothing leaves that its owner hides, on no page and through no filter."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.profiles import services
from marketplace.profiles.models import Listing
from marketplace.profiles.showing import (
    DEFAULTS,
    WEIGHTS,
    Audience,
    Part,
    Said,
    Visibility,
    completeness,
    shown,
    visibility_of,
)
from marketplace.registry.models import Region, TechnologyField
from tests import factories
from tests.profiles.people import at_browser, citation, profile_of, text_of

WRITTEN = {
    Part.HEADLINE: "甲乙丙线",
    Part.KINDS: "returned to the countryside",
    Part.EXPERTISE: "丁戊己专长",
    Part.FIELDS: "Canary field",
    Part.ACHIEVEMENTS: "庚辛壬成果",
    Part.REFERENCES: "癸子丑论文",
    Part.ENGAGEMENT: "technology as equity",
    Part.AVAILABILITY: "a few hours a week",
    Part.LANGUAGES: "Portuguese",
    Part.REGION: "Canarytown",
    Part.ORCID: "0000-0002-1825-0097",
}
"""What a page says where it shows a part, and nowhere else."""
LEVELS = st.fixed_dictionaries({part: st.sampled_from(Visibility) for part in Part})
ALLOWED = {
    Audience.EVERYBODY: {Visibility.PUBLIC},
    Audience.MEMBERS: {Visibility.PUBLIC, Visibility.SIGNED_IN},
}


def said(levels: dict[Part, Visibility], *, published: bool = True, empty: frozenset[Part] = frozenset()) -> Said:
    values = {part: "" if part in empty else f"value of {part}" for part in Part}
    return Said(published=published, values=values, visibility={part.value: level for part, level in levels.items()})


@given(LEVELS, st.frozensets(st.sampled_from(Part)))
def test_an_audience_is_shown_what_is_meant_for_it_and_nothing_else(
    levels: dict[Part, Visibility], empty: frozenset[Part]
) -> None:
    for audience, allowed in ALLOWED.items():
        expected = {part for part in Part if levels[part] in allowed and part not in empty}
        assert set(shown(said(levels, empty=empty), audience)) == expected
        assert shown(said(levels, published=False), audience) == {}
    assert set(shown(said(levels, published=False, empty=empty), Audience.OWNER)) == set(Part) - empty


@given(st.dictionaries(st.sampled_from(Part), st.text() | st.integers() | st.none()))
def test_a_level_nobody_knows_is_private(chosen: Any) -> None:
    for part in Part:
        expected = chosen.get(part, DEFAULTS[part])
        expected = expected if expected in Visibility.values else Visibility.PRIVATE
        assert visibility_of(part, chosen) == expected


@given(st.frozensets(st.sampled_from(Part)))
def test_the_meter_counts_what_is_there_and_names_what_is_missing(empty: frozenset[Part]) -> None:
    found = completeness(said({}, empty=empty))
    assert found.per_cent == sum(WEIGHTS[part] for part in Part if part not in empty)
    assert set(found.missing) == empty
    weights = [WEIGHTS[part] for part in found.missing]
    assert weights == sorted(weights, reverse=True)


def test_the_weights_are_a_hundred_and_what_tells_who_somebody_is_is_private() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert DEFAULTS[Part.ORCID] == Visibility.PRIVATE


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(levels=LEVELS)
def test_no_page_of_others_says_what_is_hidden_from_them(in_english: None, levels: dict[Part, Visibility]) -> None:
    with transaction.atomic():
        _others_read_what_is_theirs(levels)
        transaction.set_rollback(True)


def _others_read_what_is_theirs(levels: dict[Part, Visibility]) -> None:
    profile = _published(levels)
    everybody, member = at_browser(None), at_browser(factories.person())
    for client, audience in ((everybody, Audience.EVERYBODY), (member, Audience.MEMBERS)):
        page = text_of(client.get(f"/en/people/{profile.public_id}/"))
        listed = text_of(client.get("/en/people/")).partition("result-count")[2]
        for part, words in WRITTEN.items():
            readable = levels[part] in ALLOWED[audience]
            assert (words in page) == readable, (part, audience)
            assert readable or words not in listed, (part, audience)
        row = Listing.objects.get(profile=profile, audience=audience)
        hidden = [words for part, words in WRITTEN.items() if levels[part] not in ALLOWED[audience]]
        assert not [words for words in hidden if words.casefold() in row.text]


def _published(levels: dict[Part, Visibility]) -> Any:
    region = Region.objects.get_or_create(
        code="429900", defaults={"name_zh": "测试市", "name_en": WRITTEN[Part.REGION], "kind": "CITY"}
    )[0]
    field = TechnologyField.objects.get_or_create(
        code="canary", defaults={"name_zh": "测试领域", "name_en": WRITTEN[Part.FIELDS], "order": 99}
    )[0]
    person = factories.person()
    person.socialaccount_set.create(provider="orcid", uid=WRITTEN[Part.ORCID])
    profile_of(
        person,
        headline=WRITTEN[Part.HEADLINE],
        kinds=["RETURNEE"],
        expertise=WRITTEN[Part.EXPERTISE],
        fields=(field,),
        achievements=WRITTEN[Part.ACHIEVEMENTS],
        engagement=["EQUITY"],
        availability="LIMITED",
        languages=["pt"],
        region=region,
        visibility={part.value: level.value for part, level in levels.items()},
    )
    services.add_reference(actor=person, citation=citation(title=WRITTEN[Part.REFERENCES]))
    return services.publish(actor=person)
