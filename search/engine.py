"""The engine that the settings name, and a rest for one that does not answer.

When an engine hangs, only the first question waits for it; for the next seconds everybody does without.
"""

import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar, cast

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from search.backends.base import EngineUnavailable, NoAnswer, SearchIndex

log = structlog.get_logger(__name__)

T = TypeVar("T")
REST = 5.0
"""Seconds."""
_resting_until = 0.0


def engine() -> SearchIndex:
    """The engine of SEARCH_BACKEND, made once per process and place."""
    return _made(settings.SEARCH_BACKEND, settings.ELASTICSEARCH_URL, str(settings.SEARCH_DATABASE))


def ask(question: Callable[[SearchIndex], T]) -> T:
    """Put a question to the engine. Raises EngineUnavailable, at once while it rests."""
    if time.monotonic() < _resting_until:
        raise EngineUnavailable("The engine did not answer a moment ago.")
    try:
        return question(engine())
    except NoAnswer as silence:
        log.warning("search engine does not answer", why=str(silence)[:200], rest=REST)
        _rest()
        raise


def wake() -> None:
    """Forget that the engine did not answer."""
    _rest(0.0)


def _rest(seconds: float = REST) -> None:
    global _resting_until  # noqa: PLW0603  # one engine for the whole process, and so one rest
    _resting_until = time.monotonic() + seconds


@cache
def _made(path: str, *_place: str) -> SearchIndex:
    return cast(SearchIndex, import_string(path)())
