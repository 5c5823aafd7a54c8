"""The provider's process, which tests of signing in through one share."""

from collections.abc import Iterator
from typing import Any

import pytest

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
