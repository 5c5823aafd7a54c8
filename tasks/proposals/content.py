"""What a solver writes, and what must be in it before it may be submitted (L07). Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tasks.challenges.choices import CriterionKind
from tasks.challenges.models import Challenge, ChallengeMode, Criterion
from tasks.challenges.posting import HIGHEST_BOUNTY, LONGEST_TEXT, LONGEST_TITLE, Problem

LONGEST_CLAIM = 30
NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]{1,9})?", re.ASCII)
TEXTS = ("approach", "indicators_answer", "schedule", "team", "ai_note")


class AiUse(models.TextChoices):
    """Whether generative AI had a part in what is handed in. Said by the solver, shown to whoever judges."""

    NONE = "NONE", _("no generative AI was used")
    LANGUAGE = "LANGUAGE", _("for language and translation only")
    CONTENT = "CONTENT", _("for parts of the content")


class YesNo(models.TextChoices):
    """The answer to a criterion that asks for one of two."""

    YES = "YES", _("yes, it does")
    NO = "NO", _("no, it does not")


@dataclass(frozen=True)
class Answer:
    """What is said to one criterion; `claim` is the number or the yes or no it asks for."""

    claim: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """The text of a proposal; `price_amount` in 分, asked in task mode only.

    `answers` stand in the order of the challenge's criteria, which do not change once it is open.
    """

    title: str = ""
    approach: str = ""
    indicators_answer: str = ""
    answers: tuple[Answer, ...] = ()
    schedule: str = ""
    team: str = ""
    price_amount: int | None = None
    ai_use: str = ""
    ai_note: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Content":
        """The text from what `as_values` gave."""
        answers = tuple(Answer(**one) for one in values.get("answers", ()))
        return cls(**{**values, "answers": answers})

    def as_values(self) -> dict[str, Any]:
        """The text as JSON takes it."""
        return {**asdict(self), "answers": [asdict(one) for one in self.answers]}


@dataclass(frozen=True)
class Section:
    """A criterion and what is said to it."""

    criterion: Criterion
    place: int
    answer: Answer

    @property
    def claim_words(self) -> str:
        """The claim as people read it."""
        if self.criterion.kind == CriterionKind.YES_NO:
            return str(dict(YesNo.choices).get(self.answer.claim, ""))
        return f"{self.answer.claim} {self.criterion.unit}".strip() if self.answer.claim else ""

    @property
    def asks_claim(self) -> bool:
        """Whether it asks for a number, or for a yes or no."""
        return self.criterion.kind != CriterionKind.JUDGED


def sections(content: Content, criteria: Iterable[Criterion]) -> list[Section]:
    """One for each criterion; none where a single one is judged by how indicators are met, which is asked anyway."""
    asked = list(criteria)
    if len(asked) == 1 and asked[0].kind == CriterionKind.JUDGED:
        return []
    said = dict(enumerate(content.answers))
    return [Section(one, place, said.get(place, Answer())) for place, one in enumerate(asked)]


def labelled(content: Content, criteria: Iterable[Criterion]) -> list[tuple[Any, str]]:
    """Every text with its name, in the order of the page: what two versions are compared by."""
    answered = [
        (one.criterion.name, "\n".join(part for part in (one.claim_words, one.answer.text) if part))
        for one in sections(content, criteria)
    ]
    return [
        (_("Title"), content.title),
        (_("Technical approach"), content.approach),
        (_("How the indicators are met"), content.indicators_answer),
        *answered,
        (_("Schedule and milestones"), content.schedule),
        (_("Team and previous work"), content.team),
        (_("Generative AI"), content.ai_note),
    ]


def shape_problems(content: Content) -> Iterator[Problem]:
    """What not even an autosaved draft may hold."""
    if len(content.title) > LONGEST_TITLE:
        yield Problem("title", _("The title is too long: 120 characters at most."))
    longest = [(field, getattr(content, field)) for field in TEXTS]
    longest += [(f"answer_{place}", one.text) for place, one in enumerate(content.answers)]
    for field, text in longest:
        if len(text) > LONGEST_TEXT:
            yield Problem(field, _("This text is too long: 20,000 characters at most."))
    if content.price_amount is not None and not 0 < content.price_amount <= HIGHEST_BOUNTY:
        yield Problem("price", _("The price must be above zero and at most CNY 10 billion."))


def problems(content: Content, challenge: Challenge) -> Iterator[Problem]:
    """Everything that keeps the proposal from being submitted."""
    yield from shape_problems(content)
    if not content.title.strip():
        yield Problem("title", _("Please give the proposal a title."))
    if not content.approach.strip():
        yield Problem("approach", _("Please describe the technical approach."))
    if not content.indicators_answer.strip():
        yield Problem("indicators_answer", _("Please say how each indicator is met."))
    for section in sections(content, challenge.criteria.all()):
        yield from _claim_problems(section)
    if challenge.mode == ChallengeMode.TASK:
        yield from _task_problems(content, challenge)
    yield from _ai_problems(content)


def advice(content: Content, criteria: Iterable[Criterion]) -> Iterator[Problem]:
    """What reviewers will miss, though it keeps nothing from being submitted."""
    for one in sections(content, criteria):
        if not one.answer.text.strip():
            said = format_lazy(_("Nothing is said to “{name}”, which reviewers score."), name=one.criterion.name)
            yield Problem(f"answer_{one.place}", said)


def _claim_problems(section: Section) -> Iterator[Problem]:
    field, claim, name = f"claim_{section.place}", section.answer.claim, section.criterion.name
    if not section.asks_claim:
        return
    if not claim:
        yield Problem(field, format_lazy(_("Please answer “{name}”."), name=name))
    elif section.criterion.kind == CriterionKind.NUMBER and not NUMBER.fullmatch(claim):
        yield Problem(field, format_lazy(_("Please give a number for “{name}”, in the digits 0 to 9."), name=name))


def _task_problems(content: Content, challenge: Challenge) -> Iterator[Problem]:
    if not content.schedule.strip():
        yield Problem("schedule", _("Please give the schedule and its milestones."))
    if content.price_amount is None:
        yield Problem("price", _("Please state your price."))
    elif challenge.bounty_amount is not None and content.price_amount > challenge.bounty_amount:
        yield Problem("price", _("The price is above the sponsor's ceiling."))


def _ai_problems(content: Content) -> Iterator[Problem]:
    if not content.ai_use:
        yield Problem("ai_use", _("Please say whether generative AI was used."))
    elif content.ai_use == AiUse.CONTENT and not content.ai_note.strip():
        yield Problem("ai_note", _("Please say for what generative AI was used and how that was checked."))
