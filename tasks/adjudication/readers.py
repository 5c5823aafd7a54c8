"""Who sees what of a proposal, and when (I8, I9, I15): the one table that pages tell and that a test holds pages to."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reader(models.TextChoices):
    """Those who could want to know, each by what they are to the challenge."""

    AUTHOR = "AUTHOR", _("You, and those who write it with you")
    SPONSOR = "SPONSOR", _("The sponsor")
    ADMINISTRATORS = "ADMINISTRATORS", _("Administrators of regions and of the platform")
    ADJUDICATOR = "ADJUDICATOR", _("The adjudicator")
    SUPERVISOR = "SUPERVISOR", _("The supervisor")
    OFFICERS = "OFFICERS", _("The opening officers")
    REVIEWERS = "REVIEWERS", _("The reviewers")
    EVERYBODY = "EVERYBODY", _("Other solvers, and everybody else")
    OPERATOR = "OPERATOR", _("Whoever runs the machines")
    STAMPER = "STAMPER", _("The authority that gives time stamps, where one is set up")


class Stage(models.TextChoices):
    """The times of a proposal at which it changes who sees what."""

    DRAFT = "DRAFT", _("While you write")
    SEALED = "SEALED", _("Submitted, until the opening")
    OPENED = "OPENED", _("From the opening on")
    AWARDED = "AWARDED", _("After the decision")


class Sight(models.TextChoices):
    """What somebody sees of a proposal."""

    NOTHING = "NOTHING", _("nothing, not even that there is one")
    WHOLE = "WHOLE", _("everything, with your name, organisation and team")
    CODED = "CODED", _("everything, with your reading code")
    NAMELESS = "NAMELESS", _("the text, price and files, without name, organisation or team")
    DIGEST = "DIGEST", _("the number and the digest of its envelope, no text")
    NUMBER = "NUMBER", _("that it was opened, as one of so many; no text and no name")
    RESULT = "RESULT", _("its number, points and place; of the winner the name too. No text")
    WINNER = (
        "WINNER",
        _("once the award is final the winning proposal, whole; of others number, points and place"),
    )
    ENDED = "ENDED", _("nothing more: the review is over")
    TRACES = "TRACES", _("that somebody wrote; the text with effort (see the exceptions)")
    ROWS = "ROWS", _("that there is one, and when it came; not what it says (see the exceptions)")
    ALL = "ALL", _("everything: it is no longer sealed")
    STAMPED = "STAMPED", _("one digest, and when it was asked for; neither challenge nor person")
    NONE = "NONE", _("nothing")


TEXT = frozenset({Sight.WHOLE, Sight.CODED, Sight.NAMELESS})
"""Sights of the text itself."""
_N = Sight.NOTHING
SIGHTS: dict[Reader, tuple[Sight, Sight, Sight, Sight]] = {
    Reader.AUTHOR: (Sight.WHOLE, Sight.CODED, Sight.WHOLE, Sight.WHOLE),
    Reader.SPONSOR: (_N, _N, Sight.NUMBER, Sight.WINNER),
    Reader.ADMINISTRATORS: (_N, _N, Sight.NUMBER, Sight.RESULT),
    Reader.ADJUDICATOR: (_N, _N, Sight.WHOLE, Sight.WHOLE),
    Reader.SUPERVISOR: (_N, _N, Sight.WHOLE, Sight.WHOLE),
    Reader.OFFICERS: (_N, _N, Sight.DIGEST, Sight.RESULT),
    Reader.REVIEWERS: (_N, _N, Sight.NAMELESS, Sight.ENDED),
    Reader.EVERYBODY: (_N, _N, Sight.NUMBER, Sight.RESULT),
    Reader.OPERATOR: (Sight.TRACES, Sight.ROWS, Sight.ALL, Sight.ALL),
    Reader.STAMPER: (Sight.NONE, Sight.STAMPED, Sight.NONE, Sight.NONE),
}
"""For each reader what they see at each stage, in the order of `Stage`."""


@dataclass(frozen=True)
class Row:
    """One reader, and what they see at each stage by its words."""

    reader: Reader
    cells: list[tuple[Any, Any]]


def sight(reader: Reader, stage: Stage) -> Sight:
    """What this reader sees at this stage."""
    return SIGHTS[reader][list(Stage).index(stage)]


def rows() -> Iterator[Row]:
    """The whole table, as pages show it."""
    for reader in Reader:
        yield Row(reader, [(stage.label, sight(reader, stage).label) for stage in Stage])
