"""The platform's clock in a real browser: it runs, and it is set again when one comes back to the page."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from channels.layers import channel_layers
from playwright.sync_api import Browser, expect
from pytest_django import Settings

from marketplace.kernel.moments import BEIJING
from marketplace.settings.base import MIDDLEWARE
from tests import clock as movable
from tests import factories
from tests.journeys.browser import chromium, visitor
from tests.realtime.test_window import Server, done

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


def test_it_runs_by_the_platform_s_time_and_is_set_again_on_coming_back(browser: Browser, server: Server) -> None:
    challenge = done(factories.open_challenge)
    page = visitor(browser, server.address).go(f"/en{challenge.get_absolute_url().removeprefix('/en')}").page
    shown = page.locator("[data-clock]")
    first = shown.inner_text()
    expect(shown).not_to_have_text(first)
    movable.shift(days=2)
    later = f"{datetime.now(BEIJING) + timedelta(days=2):%Y-%m-%d}"
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    expect(shown).to_contain_text(later)
