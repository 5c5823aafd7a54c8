"""What a solver writes, and what must be in it before it may be submitted (L07). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tasks.challenges.models import Challenge, ChallengeMode
from tasks.challenges.posting import HIGHEST_BOUNTY, LONGEST_TEXT, LONGEST_TITLE, Problem


@dataclass(frozen=True, kw_only=True)
class Content:
    """The text of a proposal; `price_amount` in 分, asked in task mode only."""

    title: str = ""
    approach: str = ""
    indicators_answer: str = ""
    schedule: str = ""
    team: str = ""
    price_amount: int | None = None


def shape_problems(content: Content) -> Iterator[Problem]:
    """What not even an autosaved draft may hold."""
    if len(content.title) > LONGEST_TITLE:
        yield Problem("title", _("The title is too long: 120 characters at most."))
    for field in ("approach", "indicators_answer", "schedule", "team"):
        if len(getattr(content, field)) > LONGEST_TEXT:
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
    if challenge.mode == ChallengeMode.TASK:
        yield from _task_problems(content, challenge)


def _task_problems(content: Content, challenge: Challenge) -> Iterator[Problem]:
    if not content.schedule.strip():
        yield Problem("schedule", _("Please give the schedule and its milestones."))
    if content.price_amount is None:
        yield Problem("price", _("Please state your price."))
    elif challenge.bounty_amount is not None and content.price_amount > challenge.bounty_amount:
        yield Problem("price", _("The price is above the sponsor's ceiling."))
