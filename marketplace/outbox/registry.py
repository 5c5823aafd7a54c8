"""Who listens to what. A listener's app imports its `subscribers.py` once, from `ready()`; that is the whole wiring."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.outbox.events import Event

if TYPE_CHECKING:
    from marketplace.outbox.models import Fact

Handler = Callable[["Fact"], None]
ManyHandler = Callable[[Sequence["Fact"]], None]
PORTION = 25
"""Facts at most that one call of a many-at-once listener gets: one transaction, and so not too long a one."""


@dataclass(frozen=True)
class Listener:
    """A reaction to facts. It re-reads the row and asks permission anew; it may run twice and out of order."""

    name: str
    handle: ManyHandler
    slow: bool = False
    portion: int = 1
    """How many facts it takes in one call."""


_by_name: dict[str, Listener] = {}
_by_kind: dict[str, list[Listener]] = defaultdict(list)


def listens_to(*events: type[Event], name: str, slow: bool = False) -> Callable[[Handler], Handler]:
    """Subscribe a function to these facts. `slow` ones (mail, anything over some 50 ms) go to a job.

    Deliveries carry the name: it stays when the function moves or is renamed, or what waits for it is parked.
    """

    def subscribe(handle: Handler) -> Handler:
        def one_by_one(facts: Sequence["Fact"]) -> None:
            for fact in facts:
                handle(fact)

        _subscribe(Listener(name, one_by_one, slow=slow), events)
        return handle

    return subscribe


def listens_to_many(*events: type[Event], name: str) -> Callable[[ManyHandler], ManyHandler]:
    """Subscribe a function that takes several facts at once, because together they cost it little more than one."""

    def subscribe(handle: ManyHandler) -> ManyHandler:
        _subscribe(Listener(name, handle, portion=PORTION), events)
        return handle

    return subscribe


def listeners_of(kind: str) -> list[Listener]:
    """Everybody who is owed facts of this kind."""
    return _by_kind[kind]


def position(name: str) -> int:
    """The listener's place in the order of subscription, in which a batch is delivered: the index before the pages."""
    return list(_by_name).index(name) if name in _by_name else len(_by_name)


def kinds_heard_by(listener: Listener) -> list[str]:
    """The kinds of facts it is owed."""
    return [kind for kind, listeners in _by_kind.items() if listener in listeners]


def listener_named(name: str) -> Listener | None:
    """The listener of a delivery, or None when the code no longer has it."""
    return _by_name.get(name)


def _subscribe(listener: Listener, events: tuple[type[Event], ...]) -> None:
    _by_name[listener.name] = listener
    for event in events:
        _by_kind[event.kind].append(listener)
