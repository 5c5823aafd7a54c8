"""What a browser may listen to: each topic has a name on the wire, a policy, and a group in the channel layer.

A client's text never becomes a group name: it is parsed into a topic, and only the topic names its group.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Self

from marketplace.accounts.models import User
from marketplace.accounts.queries import Person as Viewer
from marketplace.kernel.ids import PATTERN
from tasks.adjudication import policy as judging
from tasks.challenges import policy as posting
from tasks.challenges import queries as challenges
from tasks.challenges.models import Challenge as ChallengeRow

LONGEST_NAME = 64
_ID = re.compile(PATTERN)


@dataclass(frozen=True)
class Topic(ABC):
    """Something that changes and that several browsers may watch."""

    word: ClassVar[str]

    @property
    def name(self) -> str:
        """As the client writes it and as messages carry it."""
        return self.word

    @classmethod
    def named(cls, rest: str) -> Self | None:
        """The topic whose name is its word, a colon and `rest`; None if there can be none."""
        return cls() if rest == "" else None

    def group(self) -> str:
        """Its group in the channel layer: made of our own words and a checked id."""
        return f"live.{self.name.replace(':', '.')}"

    @abstractmethod
    def may_join(self, viewer: Viewer) -> bool:
        """Whether this person may listen now. `viewer` must be freshly loaded."""


@dataclass(frozen=True)
class Challenges(Topic):
    """The public list (H10, N18): something was opened, closed, announced, awarded or ended."""

    word: ClassVar[str] = "challenges"

    def may_join(self, viewer: Viewer) -> bool:
        """Everybody."""
        return True


@dataclass(frozen=True)
class Notices(Topic):
    """The board of public notices (公示, L16, L21)."""

    word: ClassVar[str] = "notices"

    def may_join(self, viewer: Viewer) -> bool:
        """Everybody."""
        return True


@dataclass(frozen=True)
class _OfOne(Topic):
    """A topic about one row or person."""

    public_id: str

    @property
    def name(self) -> str:
        return f"{self.word}:{self.public_id}"

    @classmethod
    def named(cls, rest: str) -> Self | None:
        return cls(rest) if _ID.fullmatch(rest) else None

    def _challenge(self) -> ChallengeRow | None:
        rows = ChallengeRow.objects.select_related("sponsor", "region")
        return rows.filter(public_id=self.public_id).first()


@dataclass(frozen=True)
class Challenge(_OfOne):
    """One challenge, for whoever may see it."""

    word: ClassVar[str] = "challenge"

    def may_join(self, viewer: Viewer) -> bool:
        """As its page: `tasks.challenges.policy.may_see` (4.3, H32)."""
        challenge = self._challenge()
        return challenge is not None and bool(posting.may_see(viewer, challenge))


@dataclass(frozen=True)
class Case(_OfOne):
    """The judging of one challenge, for its adjudicator and its supervisor."""

    word: ClassVar[str] = "case"

    def may_join(self, viewer: Viewer) -> bool:
        """As the desk: `tasks.adjudication.policy.may_see_case` (L04)."""
        challenge = self._challenge()
        return challenge is not None and bool(judging.may_see_case(viewer, challenge))


@dataclass(frozen=True)
class Person(_OfOne):
    """Whatever one person's own pages show: work, queues, proposals, notifications."""

    word: ClassVar[str] = "person"

    def may_join(self, viewer: Viewer) -> bool:
        """That person alone."""
        return isinstance(viewer, User) and viewer.is_active and viewer.public_id == self.public_id


TOPICS: tuple[type[Topic], ...] = (Challenge, Challenges, Notices, Person, Case)
_BY_WORD = {one.word: one for one in TOPICS}


def parse(text: str) -> Topic | None:
    """The topic a client or a stored message names; None for anything else."""
    word, _colon, rest = text[:LONGEST_NAME].partition(":")
    found = _BY_WORD.get(word)
    topic = found.named(rest) if found else None
    return topic if topic is not None and topic.name == text else None


def public_among(wanted: Iterable[Topic]) -> set[Topic]:
    """Those of these topics that everybody may listen to now, in at most one query."""
    among = set(wanted)
    ids = [one.public_id for one in among if isinstance(one, Challenge)]
    rows = ChallengeRow.objects.filter(challenges.EVERYBODYS, public_id__in=ids)
    visible = {Challenge(public_id) for public_id in rows.values_list("public_id", flat=True)}
    return {one for one in among if isinstance(one, Challenges | Notices) or one in visible}
