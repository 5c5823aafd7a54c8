from collections.abc import Iterator

import pytest

from search import engine
from search.backends.base import SearchIndex
from search.projection import Kind
from tests.search import engines


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


@pytest.fixture(params=engines.ENGINES, scope="module")
def shelf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """An engine with three challenges that tests only read."""
    made = engines.engine(request.param, tmp_path_factory.mktemp("shelf"))
    made.drop()
    engines.build(made, Kind.CHALLENGE)
    engines.shelved(made)
    yield made
    made.drop()
