"""Whoever leaves takes the profile with them: page, listing, references, and what the directory knew."""

import json

import pytest
from django.urls import reverse

from marketplace.outbox.models import Fact
from marketplace.privacy import copies
from marketplace.privacy import services as privacy
from marketplace.profiles import services
from marketplace.profiles.models import Listing, Profile, Reference
from tests import factories
from tests.profiles.people import at_browser, citation, published, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_copy_holds_the_whole_profile_hidden_parts_too() -> None:
    person = factories.person()
    published(person, visibility={"expertise": "PRIVATE"})
    services.add_reference(actor=person, citation=citation())
    kept = {one["table"]: one["rows"] for one in json.loads(copies.copy_of(person))["kept"]}
    assert kept["profiles.Profile"][0]["expertise"] == "硫化物电解质、阻抗谱与界面修饰"
    assert kept["profiles.Reference"][0]["title"] == "界面阻抗研究"
    assert len(kept["profiles.Listing"]) == 2
    page = text_of(at_browser(person).get(reverse("privacy:mine")))
    assert "阻抗谱" in page
    assert "COMMISSIONER" not in page


def test_an_erased_person_has_no_page_and_is_not_found() -> None:
    person = factories.person()
    profile = published(person)
    services.add_reference(actor=person, citation=citation())
    privacy.erase(user=person)
    stranger = at_browser(factories.person())
    assert stranger.get(f"/en/people/{profile.public_id}/").status_code == 404
    assert "Nobody has published" in text_of(stranger.get("/en/people/"))
    for model in (Profile, Reference, Listing):
        assert not model.objects.exists()
    facts = Fact.objects.filter(subject=profile.public_id).order_by("pk")
    assert facts.values_list("kind", flat=True).last() == "profile.erased"
    assert facts.last().version > facts.filter(kind="profile.changed").last().version  # type: ignore[union-attr]  # both are there
