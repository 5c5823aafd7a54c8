"""Copies of postings, posters with their code, batches on the calendar, and what reads like a draft."""

from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from marketplace.accounts.models import Organisation, User
from marketplace.kernel.errors import NotFound, Refusal
from tasks.challenges import queries, services
from tasks.challenges.models import Challenge
from tasks.web.sharing import short_address
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser, text_of

pytestmark = pytest.mark.django_db


def test_a_copy_says_the_same_but_for_the_deadline_and_is_looked_through_anew() -> None:
    earlier = factories.open_challenge(start_level=3, name_shown="HIDDEN")
    answer = at_browser(earlier.author).post(reverse("challenges:copy", args=[earlier.public_id]))
    made = Challenge.objects.exclude(pk=earlier.pk).get()
    assert answer["Location"] == reverse("challenges:edit", args=[made.public_id])
    old, new = queries.posting_of(earlier), queries.posting_of(made)
    assert (new.title, new.criteria, new.start_level, new.name_shown) == (old.title, old.criteria, 3, "HIDDEN")
    assert (new.deadline, new.no_secrets, made.state, made.sponsor) == (None, False, "DRAFT", earlier.sponsor)


def test_nobody_copies_somebody_elses() -> None:
    earlier = factories.open_challenge()
    with pytest.raises(Refusal):
        services.copy_challenge(public_id=earlier.public_id, actor=factories.person())
    assert Challenge.objects.count() == 1


def test_the_poster_names_the_address_that_its_code_holds(settings: Any) -> None:
    settings.SITE_URL = "https://zhongyan.example"
    challenge = factories.open_challenge()
    browser = at_browser(AnonymousUser())
    page = text_of(browser.get(reverse("challenges:poster", args=[challenge.public_id])))
    assert short_address(challenge) in page
    assert challenge.title in page
    answer = browser.get(reverse("challenges:qr", args=[challenge.public_id]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(answer.content).tag.endswith("svg")


def test_a_poster_of_a_kept_name_does_not_tell_it() -> None:
    challenge = factories.open_challenge(name_shown="HIDDEN")
    assert challenge.sponsor
    page = text_of(at_browser(AnonymousUser()).get(reverse("challenges:poster", args=[challenge.public_id])))
    assert challenge.sponsor.name not in page


def bureau() -> tuple[User, Organisation]:
    owner = factories.person()
    return owner, factories.organisation(owner, kind="GOVERNMENT")


def begun(owner: User, organisation: Organisation, **said: Any) -> Any:
    return services.publish_batch(
        actor=owner, organisation=organisation, **{"title": "榜单", "title_en": "", "study": "", **said}
    )


def test_a_planned_batch_stands_in_the_calendar_before_its_first_challenge_and_an_unplanned_one_does_not() -> None:
    owner, organisation = bureau()
    planned = begun(owner, organisation, title="明年第一批", opens_on=date(2027, 1, 15))
    quiet = begun(owner, organisation, title="还没定的一批")
    page = text_of(at_browser(AnonymousUser()).get(reverse("challenges:batches")))
    assert "明年第一批" in page
    assert "2027-01" in page
    assert "还没定的一批" not in page
    assert queries.batch_seen_by(planned.public_id, AnonymousUser()) == planned
    with pytest.raises(NotFound):
        queries.batch_seen_by(quiet.public_id, AnonymousUser())
    assert queries.batch_seen_by(quiet.public_id, owner) == quiet


def test_a_product_programme_is_begun_by_leading_enterprises_alone() -> None:
    owner = factories.person()
    small = factories.organisation(owner)
    with pytest.raises(Refusal):
        begun(owner, small, kind="PROGRAMME", opens_on=date(2027, 1, 15))
    Organisation.objects.filter(pk=small.pk).update(sponsor_class="LEADING_ENTERPRISE")
    small.refresh_from_db()
    programme = begun(owner, small, kind="PROGRAMME", resources="样品", opens_on=date(2027, 1, 15))
    page = text_of(at_browser(AnonymousUser()).get(reverse("challenges:batch", args=[programme.public_id])))
    assert "样品" in page


def test_what_reads_alike_is_shown_to_whoever_writes_and_to_nobody_else() -> None:
    factories.open_challenge(title="固态电池界面阻抗降低")
    drafted = factories.draft(title="固态电池界面阻抗再降低")
    address = reverse("search:alike", args=[drafted.public_id])
    assert at_browser(drafted.author).get(address).status_code == 200
    assert at_browser(factories.person()).get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_with_one_row_and_with_three(rows: int, django_assert_num_queries: Any) -> None:
    owner, organisation = bureau()
    for number in range(rows):
        begun(owner, organisation, title=f"第{number}批", opens_on=date(2027, 1, 15 + number))
        factories.open_challenge()
    drafted = factories.draft(owner)
    browser = at_browser(owner)
    with django_assert_num_queries(4):
        browser.get(reverse("challenges:batches"))
    with django_assert_num_queries(10):
        browser.get(reverse("search:alike", args=[drafted.public_id]))
