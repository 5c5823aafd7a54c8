"""Who sits where, page by page: a large house stays readable, and saving leads back to the same page."""

import pytest
from django.urls import reverse

from marketplace.structure.web.views import PER_PAGE
from tests import factories
from tests.tasks.web_adjudication.stage import at_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_people_beyond_the_first_page_stand_on_the_next() -> None:
    owner = factories.person()
    house = factories.organisation(owner)
    people = [factories.person(f"同事{turn:02d}") for turn in range(PER_PAGE + 1)]
    for one in people:
        factories.member(house, one)
    client = at_browser(owner)
    client.post(reverse("structure:department_open", args=[house.public_id]), {"name": "化学学院"})
    here = reverse("structure:structure", args=[house.public_id])
    first, second = (client.get(here, {"page": number}) for number in (1, 2))
    assert [len(one.context["members"]) for one in (first, second)] == [PER_PAGE, 2]
    assert people[-1].display_name not in first.content.decode()
    assert people[-1].display_name in second.content.decode()
    seat = reverse("structure:member_place", args=[house.public_id, people[-1].public_id])
    answer = client.post(seat, {"department": "", "page": "2"})
    assert answer.headers["Location"] == f"{here}?page=2#seats"
    assert client.post(seat, {"page": "2&x=<"}).headers["Location"] == f"{here}?page=2%26x%3D%3C#seats"
