"""What a socket is told from the database: after joining, after a gap, and when its rights are looked at again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from realtime import visits
from realtime.messages import Changed, Frame, Join, Joined, Refused, Resync
from realtime.models import LiveMessage, LiveTopic
from realtime.topics import Topic, parse, public_among
from realtime.visits import Visit

LONGEST_REPLAY = 200
"""Messages. Who missed more fetches the page afresh, which is cheaper for both sides."""

MARGIN = timedelta(seconds=2)
"""A page may have been written this much before the browser thinks it asked for it."""


@dataclass(frozen=True)
class Answer:
    """What to send about one topic, where the socket then stands (None: not listening), and whether all may listen."""

    topic: Topic
    frames: tuple[Frame, ...]
    cursor: int | None
    public: bool = False


@dataclass(frozen=True)
class Look:
    """What one look at the database says about many sockets at once."""

    present: frozenset[Visit] = frozenset()
    lost: frozenset[tuple[Visit, Topic]] = frozenset()
    public: frozenset[Topic] = frozenset()
    heads: dict[Topic, int] = field(default_factory=dict)


def joined(visit: Visit, joins: Iterable[Join]) -> list[Answer] | None:
    """Answer each wish to join by the topic's policy; None when the visit itself is over."""
    viewer = visits.present({visit}).get(visit)
    if viewer is None:
        return None
    wanted = list(joins)
    public = public_among(join.topic for join in wanted)
    return [
        _welcome(join, public=join.topic in public)
        if join.topic in public or join.topic.may_join(viewer)
        else Answer(join.topic, (Refused(join.topic.name),), None)
        for join in wanted
    ]


def since(visit: Visit, topic: Topic, cursor: int) -> Answer | None:
    """What the socket has not heard of this topic yet; None when it may no longer hear it (I21)."""
    viewer = visits.present({visit}).get(visit)
    if viewer is None or not topic.may_join(viewer):
        return None
    frames, cursor = _after(topic, cursor)
    return Answer(topic, frames, cursor)


def look(listening: Collection[tuple[Visit, Topic]], everybody: Collection[Visit]) -> Look:
    """Who is still there, who may no longer listen, and how far each topic has counted."""
    there = visits.present(everybody)
    topics = {topic for _visit, topic in listening}
    public = public_among(topics)
    lost = {
        (visit, topic)
        for visit, topic in listening
        if topic not in public and visit in there and not topic.may_join(there[visit])
    }
    return Look(frozenset(there), frozenset(lost), frozenset(public), _heads(topics))


def _welcome(join: Join, *, public: bool) -> Answer:
    start = _start(join)
    frames, cursor = _after(join.topic, start)
    if not (frames and isinstance(frames[0], Resync)):
        frames = (Joined(join.topic.name, start), *frames)
    return Answer(join.topic, frames, cursor, public)


def _start(join: Join) -> int:
    """The number after which the client wants to hear."""
    if join.last_seq is not None:
        return join.last_seq
    if join.age is not None:
        asked_at = timezone.now() - timedelta(seconds=join.age) - MARGIN
        recent = LiveMessage.objects.filter(topic=join.topic.name, created_at__gte=asked_at).order_by("seq")
        first = recent.values_list("seq", flat=True).first()
        if first is not None:
            return first - 1
    return _head(join.topic)


def _after(topic: Topic, cursor: int) -> tuple[tuple[Frame, ...], int]:
    """Every message after the cursor, without a gap; or a resync where some are gone, too many, or never were."""
    rows = LiveMessage.objects.filter(topic=topic.name, seq__gt=cursor).order_by("seq")[: LONGEST_REPLAY + 1]
    frames = tuple(Changed(topic.name, row.seq, row.kind, row.subject, row.version) for row in rows)
    expected = range(cursor + 1, cursor + 1 + len(frames))
    if len(frames) > LONGEST_REPLAY or [frame.seq for frame in frames] != list(expected):
        return _afresh(topic)
    if not frames and _head(topic) != cursor:
        return _afresh(topic)
    return frames, frames[-1].seq if frames else cursor


def _afresh(topic: Topic) -> tuple[tuple[Frame, ...], int]:
    head = _head(topic)
    return (Resync(topic.name, head),), head


def _head(topic: Topic) -> int:
    return _heads({topic}).get(topic, 0)


def _heads(topics: Collection[Topic]) -> dict[Topic, int]:
    rows = LiveTopic.objects.filter(name__in=[topic.name for topic in topics])
    return {topic: row.last_seq for row in rows if (topic := parse(row.name))}
