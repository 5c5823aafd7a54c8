"""One running platform and one browser for all journeys of a run: each adds its own story, none undoes another's."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from devtools.services import debian
from tests.accounts import elsewhere
from tests.accounts.elsewhere import Elsewhere
from tests.journeys.browser import chromium
from tests.journeys.demo import wait_for_stories
from tests.journeys.platform import Platform, running
from tests.journeys.story import Story

collect_ignore = [] if debian.at_home() else ["test_faults.py"]
"""Engines that may be killed are started on Debian as root only; `make drill` says so elsewhere."""


@pytest.fixture(scope="session")
def provider() -> Iterator[Elsewhere]:
    """A government's identity provider, which speaks OpenID Connect."""
    with elsewhere.running() as started:
        yield started


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory, provider: Elsewhere) -> Iterator[Platform]:
    """The platform with every story of the demonstration told; the provider may sign people in."""
    with running(tmp_path_factory.mktemp("platform"), OIDC_PROVIDERS=provider.listed()) as started:
        wait_for_stories(started)
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser that holds everybody's windows."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def people(platform: Platform, browser: Browser) -> Iterator[Story]:
    """Whoever signs in stays signed in for both languages: a second factor's code is taken once only."""
    told = Story(platform, browser)
    yield told
    for one in told.people.values():
        one.page.context.close()
