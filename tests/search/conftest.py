from collections.abc import Iterator

import pytest

from search import engine
from search.backends.base import SearchIndex
from search.projection import Kind


@pytest.fixture(autouse=True)
def awake() -> Iterator[None]:
    """No test inherits another's unanswered engine."""
    engine.wake()
    yield
    engine.wake()


@pytest.fixture
def index() -> Iterator[SearchIndex]:
    """The engine of the settings with an empty index of every kind."""
    made = engine.engine()
    made.drop()
    for kind in Kind:
        with made.beside(kind):
            pass
    yield made
    made.drop()
