"""What goes over the wire, declared once. Version 1; a change of meaning is a new version, never a new reading.

Client to server: {"join": [[topic, last_seq, age], …], "leave": [topic, …], "ping": 1}, each part optional.
`last_seq` null means "I have just loaded the page": the server says where the topic stands, and if `age` (how many
seconds ago the page was asked for) is given, tells again what happened since.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from realtime.topics import LONGEST_NAME, Topic, parse

VERSION = 1
OLDEST_PAGE = 3600
"""Seconds: a page older than this starts from where the topic stands."""


class Malformed(ValueError):
    """A frame that is no request at all."""


@dataclass(frozen=True)
class Frame:
    """One message to the client."""

    def text(self) -> str:
        """JSON, compact, with the version first."""
        word = type(self).__name__.lower()
        return json.dumps({"v": VERSION, "type": word, **asdict(self)}, separators=(",", ":"))


@dataclass(frozen=True)
class Joined(Frame):
    """The client now hears the topic; the next message has the number after `seq`."""

    topic: str
    seq: int


@dataclass(frozen=True)
class Changed(Frame):
    """Row `id` of this `kind` is now at `version`: look again."""

    topic: str
    seq: int
    kind: str
    id: str
    version: int


@dataclass(frozen=True)
class Resync(Frame):
    """Too much was missed to tell it again: fetch afresh; the topic stands at `seq`."""

    topic: str
    seq: int


@dataclass(frozen=True)
class Refused(Frame):
    """No such topic, or not for this person: both read alike."""

    topic: str


@dataclass(frozen=True)
class Pong(Frame):
    """The server is there."""


@dataclass(frozen=True)
class Join:
    """A wish to hear a topic after `last_seq`; None from now on, or from `age` seconds ago."""

    topic: Topic
    last_seq: int | None = None
    age: int | None = None


@dataclass(frozen=True)
class Asked:
    """One request of a client, understood. `unknown` are names that are no topics."""

    joins: tuple[Join, ...] = ()
    leaves: tuple[Topic, ...] = ()
    unknown: tuple[str, ...] = ()
    ping: bool = False


def understood(text: str) -> Asked:
    """Read a client's frame. Raises Malformed; a name that is no topic is no fault of form."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as failure:
        raise Malformed from failure
    if not isinstance(raw, dict) or not raw.keys() <= {"join", "leave", "ping"}:
        raise Malformed
    wishes = [_wish(one) for one in _rows(raw.get("join"))]
    return Asked(
        joins=tuple(Join(topic, last, age) for name, last, age in wishes if (topic := parse(name))),
        leaves=tuple(topic for name in _rows(raw.get("leave")) if (topic := parse(_name(name)))),
        unknown=tuple(name for name, _last, _age in wishes if parse(name) is None),
        ping="ping" in raw,
    )


def _wish(row: Any) -> tuple[str, int | None, int | None]:
    if not isinstance(row, list) or not 1 <= len(row) <= 3:
        raise Malformed
    name, last, age = [*row, None, None][:3]
    age = _number(age)
    return _name(name), _number(last), None if age is None else min(age, OLDEST_PAGE)


def _rows(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise Malformed
    return value


def _name(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_NAME:
        raise Malformed
    return value


def _number(value: Any) -> int | None:
    if value is not None and (type(value) is not int or not 0 <= value < 2**53):
        raise Malformed
    return value
