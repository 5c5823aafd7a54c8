from collections.abc import Iterator

import pytest

from tests import clock


@pytest.fixture(autouse=True)
def real_time() -> Iterator[None]:
    """Every test begins and leaves with the platform's clock at real time."""
    clock.reset()
    yield
    clock.reset()
