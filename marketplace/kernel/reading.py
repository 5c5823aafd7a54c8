"""While a page is only looked at, time stands still and what was asked once is remembered.

A page asks dozens of times what time it is and which roles its reader holds; within one page the answer must not
change. Whoever acts (POST, jobs, sockets) is outside of a reading and asks anew each time.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse

T = TypeVar("T")
SAFE = frozenset({"GET", "HEAD"})
_remembered: ContextVar[dict[Hashable, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Remember what `once` is asked until the end of the block."""
    before = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(before)


def once(question: Hashable, answer: Callable[[], T], *, otherwise: Callable[[], T] | None = None) -> T:
    """The answer to this question: within a reading the first one, outside a new one each time.

    `otherwise` is how it is found outside, where that differs.
    """
    known = _remembered.get()
    if known is None:
        return (otherwise or answer)()
    if question not in known:
        known[question] = answer()
    return cast(T, known[question])


class Reading:
    """Middleware: a request that may change nothing is one reading."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return self.get_response(request)
        with reading():
            return self.get_response(request)
