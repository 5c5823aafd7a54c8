from collections.abc import Iterator

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Figures are kept for a minute in the process; every test begins and ends with none."""
    caches["figures"].clear()
    yield
    caches["figures"].clear()
