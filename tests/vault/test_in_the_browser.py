"""Handing in a file in a real browser: one that is too large is told above the form, which stays as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from channels.layers import channel_layers
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django import Settings

from marketplace.accounts import papers
from marketplace.settings.base import MIDDLEWARE
from tests import factories
from tests.journeys.browser import chromium, visitor
from tests.realtime.browser import signed_in
from tests.realtime.test_window import Server, done
from tests.vault import made

pytestmark = [pytest.mark.journey, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    settings.MIDDLEWARE = MIDDLEWARE  # as shipped embedded: static files are served too
    running = Server()
    yield running
    running.stop()
    channel_layers.backends.clear()


@pytest.fixture
def browser(transactional_db: None) -> Iterator[Browser]:
    with chromium() as started:
        yield started


def test_a_file_that_is_too_large_is_told_above_the_form(browser: Browser, server: Server, tmp_path: Path) -> None:
    owner = done(factories.person)
    house = done(lambda: factories.organisation(owner, verified=False))
    large, small = tmp_path / "large.png", tmp_path / "small.png"
    large.write_bytes(bytes(papers.DOOR.largest + 2 * 1024 * 1024))
    small.write_bytes(made.picture())
    window = visitor(browser, server.address)
    page = window.page
    cookie = {"name": "sessionid", "value": done(lambda: signed_in(owner)), "url": server.address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict is what it takes
    window.go(f"/en{reverse('accounts:organisation', args=[house.public_id])}")
    page.select_option("[data-upload] select", "REGISTER_EXTRACT")
    page.set_input_files("[data-upload] input[type=file]", large)
    page.click("[data-upload] button[type=submit]")
    expect(page.locator(".alert[role=alert]")).to_contain_text("The file is larger than 20.0")
    assert page.input_value("[data-upload] select") == "REGISTER_EXTRACT"
    assert page.is_hidden("[data-upload-progress]")
    page.set_input_files("[data-upload] input[type=file]", small)
    page.click("[data-upload] button[type=submit]")
    expect(page.locator("tr[data-live-id] a", has_text="small.png").or_(page.get_by_text("small.png"))).to_be_visible()
    assert page.locator("[data-too-large]").count() == 0
