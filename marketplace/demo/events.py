"""Facts about the demonstration itself."""

from typing import ClassVar

from marketplace.outbox.events import Event

CLOCK = "demo:clock"
STORIES = "demo:stories"


class ClockMoved(Event):
    """Somebody moved the demo's clock; `data.ahead` is its new distance from real time, in seconds."""

    kind: ClassVar[str] = "demo.clock_moved"

    @classmethod
    def to(cls, *, ahead: int, version: int) -> "ClockMoved":
        return cls(stream=CLOCK, subject="clock", version=version, data={"ahead": ahead})


class StoryTold(Event):
    """One piece of the demo data is there, whole; the same piece is never told twice."""

    kind: ClassVar[str] = "demo.story_told"

    @classmethod
    def of(cls, key: str) -> "StoryTold":
        return cls(stream=STORIES, subject=key, version=1)
