"""Who has an office finds its pages in the menu, and nobody for whom it has ended."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from marketplace.accounts.models import RoleGrant
from marketplace.accounts.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_menu_is_of_this_moment_and_not_of_the_first_request_that_was_served(client: Client) -> None:
    officer = factories.officer_with(Role.REGION_ADMIN)
    client.force_login(officer)
    page = reverse("work:mine")
    assert client.get(page).wsgi_request.user.works_in_back_office  # type: ignore[union-attr]  # signed in
    RoleGrant.objects.filter(user=officer).update(valid_until=timezone.now())
    assert not client.get(page).wsgi_request.user.works_in_back_office  # type: ignore[union-attr]  # as above
