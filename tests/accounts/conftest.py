"""Processes that tests of signing in share: the provider's, the gateway's for text messages."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.accounts import gateway
from tests.accounts.elsewhere import Elsewhere, running


@pytest.fixture(scope="session")
def provider_process() -> Iterator[Elsewhere]:
    with running() as started:
        yield started


@pytest.fixture
def elsewhere(provider_process: Elsewhere, settings: Any) -> Elsewhere:
    """The provider, doing nothing wrong, and the settings that name it."""
    settings.SOCIALACCOUNT_PROVIDERS = provider_process.settings()
    provider_process.next()
    return provider_process


@pytest.fixture(scope="session")
def gateway_process() -> Iterator[gateway.Line]:
    with gateway.running() as started:
        yield started


@pytest.fixture
def line(gateway_process: gateway.Line, settings: Any) -> gateway.Line:
    """The gateway with nothing in it yet, and the settings that name it."""
    settings.SMS_URL, settings.SMS_TOKEN = gateway_process.address, "a word"
    gateway_process.clear()
    return gateway_process
