"""Twelve fields, eight for a small firm; the rest is folded up with its defaults (docs/decisions/0017-posting.md)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from marketplace.accounts.models import Organisation
from marketplace.kernel import clock
from marketplace.kernel.moments import BEIJING
from tasks.challenges import posting, queries
from tasks.challenges.models import Challenge
from tests import factories
from tests.tasks.web import people, typed

pytestmark = pytest.mark.django_db

COMMON = {"title", "description", "fields", "bounty", "contact_telephone", "contact_address", "no_secrets"}
LIGHT = COMMON | {"indicators"}
FULL = LIGHT | {"problem_kind", "mode", "contact_office", "sponsor"}


@pytest.fixture
def house(client: Client) -> Organisation:
    """The one organisation of a signed-in officer."""
    person = factories.person()
    made = factories.organisation(person)
    Organisation.objects.filter(pk=made.pk).update(sponsor_class="LEADING_ENTERPRISE")
    factories.field()
    people.seen_by(client, person)
    return made


def small(house: Organisation) -> None:
    Organisation.objects.filter(pk=house.pk).update(sponsor_class="SME")


def before_the_rest(page: str) -> set[str]:
    """Names of the fields that stand before the first folded part."""
    shown = page.partition('<details class="form-section')[0]
    names = re.findall(r'<(?:input|select|textarea)[^>]*? name="([a-z_]+)(?:-[0-9]+-[a-z]+)?"', shown)
    return set(names) - {"csrfmiddlewaretoken", "version", "q", "next"}


def filled(names: set[str]) -> dict[str, Any]:
    """What somebody sends who fills in these fields alone; a browser sends what is folded up as it stands."""
    whole = typed.posting(no_secrets="on")
    return {name: value for name, value in whole.items() if name.split("-")[0] in names}


@pytest.mark.parametrize(("light", "needed"), [(False, FULL), (True, LIGHT)])
def test_the_form_asks_for_twelve_or_eight_things_and_folds_the_rest(
    client: Client,
    house: Organisation,
    *,
    light: bool,
    needed: set[str],
) -> None:
    if light:
        small(house)
    page = client.get("/challenges/new/").content.decode()
    assert len(needed) == (8 if light else 12)
    assert before_the_rest(page) - {"sponsor", "then"} == needed - {"sponsor"}


@pytest.mark.parametrize("light", [False, True])
def test_whoever_fills_in_these_alone_can_hand_in(client: Client, house: Organisation, *, light: bool) -> None:
    if light:
        small(house)
    form = client.get("/challenges/new/").context["form"]
    begun = {name: value for name, value in form.initial.items() if value and name != "deadline"}
    begun["deadline"] = form.initial["deadline"].astimezone(BEIJING).strftime("%Y-%m-%dT%H:%M")
    said = [row.initial for row in form.tables["criteria"] if row.initial]
    criteria = {**typed.rows("criteria", said), "criteria-INITIAL_FORMS": len(said)}
    answer = client.post("/challenges/new/", {**begun, **criteria, **filled(LIGHT if light else FULL)})
    assert answer.status_code == 302
    made = Challenge.objects.get()
    assert list(posting.problems(queries.posting_of(made), now=clock.now())) == []
    assert [one.weight for one in made.criteria.all()] == [100]
    assert (made.audience, made.prize_rule, made.ip_terms, made.threshold) == (
        "EXTERNAL", "BEST_OF", "SOLVER_KEEPS", 60
    )  # fmt: skip
    assert made.deadline
    assert timedelta(days=29) < made.deadline - clock.now() < timedelta(days=31)


def test_each_form_is_one_link_away(client: Client, house: Organisation) -> None:
    assert not client.get("/challenges/new/").context["form"].light
    assert client.get("/challenges/new/?form=light").context["form"].light
    small(house)
    assert client.get("/challenges/new/").context["form"].light
    assert not client.get("/challenges/new/?form=full").context["form"].light


def test_a_part_with_an_error_or_with_something_of_ones_own_stands_open(client: Client, house: Organisation) -> None:
    broken = client.post("/challenges/new/", typed.posting(threshold="101"))
    assert broken.context["open"]["criteria"]
    assert not broken.context["open"]["english"]
    client.post("/challenges/new/", typed.posting(title_en="Lower impedance", audience="BOTH"))
    opened = client.get(f"/challenges/{Challenge.objects.get().public_id}/edit/").context["open"]
    assert [part for part, stands in opened.items() if stands] == ["audience", "english"]


def test_the_preview_shows_dates_advice_and_who_sees_what_and_lets_it_be_handed_in(
    client: Client, house: Organisation
) -> None:
    client.post("/challenges/new/", typed.posting(sponsor=house.public_id, no_secrets="on"))
    made = Challenge.objects.get()
    answer = client.get(f"/en/challenges/{made.public_id}/preview/")
    page = answer.content.decode()
    assert len(answer.context["expected"]) == 7
    assert answer.context["advice"]
    for words in ("Expected dates", "Worth a second look", "Who will see what", "Hand in for approval"):
        assert words in page
    assert f"/en/challenges/{made.public_id}/alike/" in page


def test_advice_stands_beside_its_field_on_the_form(client: Client, house: Organisation) -> None:
    client.post("/challenges/new/", typed.posting(description="显著提高性能。"))
    page = client.get(f"/en/challenges/{Challenge.objects.get().public_id}/edit/").content.decode()
    assert "“显著提高” cannot be tested; a figure can." in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"abroad": "PERHAPS"}, "abroad"),
        ({"audience": "FRIENDS"}, "audience"),
        ({"chain": "91420100MA0000000X"}, "chain"),
        ({"start_level": "10"}, "start_level"),
        ({"reward_kinds": ["LUCK"]}, "reward_kinds"),
        ({"name_shown": "NEVER"}, "name_shown"),
    ],
)
def test_nonsense_in_the_rest_is_refused_beside_its_field(
    client: Client, house: Organisation, changes: dict[str, Any], field: str
) -> None:
    answer = client.post("/challenges/new/", typed.posting(**changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_suppliers_are_named_by_their_codes(client: Client, house: Organisation) -> None:
    supplier = factories.organisation(factories.person())
    client.post("/challenges/new/", typed.posting(audience="CHAIN", chain=supplier.uscc))
    made = Challenge.objects.get()
    assert list(made.chain.all()) == [supplier]
    form = client.get(f"/challenges/{made.public_id}/edit/").context["form"]
    assert form["chain"].value() == supplier.uscc
