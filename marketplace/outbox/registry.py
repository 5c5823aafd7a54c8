"""Who listens to what. A listener's app imports its `subscribers.py` once, from `ready()`; that is the whole wiring."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.outbox.events import Event

if TYPE_CHECKING:
    from marketplace.outbox.models import Fact

Handler = Callable[["Fact"], None]


@dataclass(frozen=True)
class Listener:
    """A reaction to facts. It re-reads the row and asks permission anew; it may run twice and out of order."""

    name: str
    handle: Handler
    slow: bool


_by_name: dict[str, Listener] = {}
_by_kind: dict[str, list[Listener]] = defaultdict(list)


def listens_to(*events: type[Event], slow: bool = False) -> Callable[[Handler], Handler]:
    """Subscribe a function to these facts. `slow` ones (mail, anything over some 50 ms) go to a job."""

    def subscribe(handle: Handler) -> Handler:
        listener = Listener(f"{handle.__module__}.{handle.__qualname__}", handle, slow)
        _by_name[listener.name] = listener
        for event in events:
            _by_kind[event.kind].append(listener)
        return handle

    return subscribe


def listeners_of(kind: str) -> list[Listener]:
    """Everybody who is owed facts of this kind."""
    return _by_kind[kind]


def listener_named(name: str) -> Listener | None:
    """The listener of a delivery, or None when the code no longer has it."""
    return _by_name.get(name)
