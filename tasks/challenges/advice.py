"""What would make a posting better, said beside its field. Advice never keeps anybody from handing in. Pure."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from marketplace.kernel.moments import BEIJING
from tasks.challenges.choices import Abroad, CriterionKind, NameShown
from tasks.challenges.models import ChallengeMode
from tasks.challenges.posting import Posting, Problem

SHORT_DESCRIPTION = 200
"""Characters; a Chinese one says more than a Latin one, so English texts should have three times as many."""
MANY_CRITERIA = 8
VAGUE = (
    *("先进水平", "国际领先", "国内领先", "显著提高", "大幅提升", "大幅降低", "较好", "尽量", "尽可能", "等等", "若干"),
    *("state of the art", "world-leading", "as far as possible", "significantly", "greatly", "user-friendly", "etc."),
)
"""Words that no test can decide on (platforms.md 3 no. 14: unclear briefs find few takers)."""
BASIS = ("预算", "测算", "估算", "依据", "成本", "budget", "estimate", "cost", "based on")
"""Words by which a text tells how an amount was arrived at."""


def advice(posting: Posting, *, sponsor: str, works: Callable[[date], bool]) -> Iterator[Problem]:
    """Everything worth a second look, by form field. `works` tells working days, `sponsor` is a name kept secret."""
    yield from _of_texts(posting)
    yield from _of_criteria(posting)
    yield from _of_reward(posting)
    yield from _of_names(posting, sponsor)
    if posting.deadline and not works(posting.deadline.astimezone(BEIJING).date()):
        yield Problem("deadline", _("This day is no working day: nobody may be there to help on the last day."))


def _of_texts(posting: Posting) -> Iterator[Problem]:
    least = SHORT_DESCRIPTION * (3 if posting.language == "en" else 1)
    if 0 < len(posting.description.strip()) < least:
        yield Problem("description", _("This is short. Say what was tried, under which conditions, what it is for."))
    for word in _vague(posting.description):
        yield Problem("description", _("“%(word)s” cannot be tested; a figure can.") % {"word": word})
    for line in posting.indicators:
        for word in _vague(f"{line.name} {line.value}"):
            yield Problem("indicators", _("“%(word)s” cannot be tested; a figure can.") % {"word": word})
    if posting.abroad != Abroad.NO and not posting.title_en.strip():
        yield Problem("title_en", _("Without English, researchers abroad will hardly find it."))
    if posting.target_level is None:
        yield Problem("target_level", _("Solvers ask how ready the technology has to be."))


def _vague(text: str) -> Iterator[str]:
    said = text.casefold()
    return (word for word in VAGUE if word in said)


def _of_criteria(posting: Posting) -> Iterator[Problem]:
    if len(posting.criteria) > MANY_CRITERIA:
        yield Problem("criteria", _("More than eight criteria: reviewers tell proposals apart worse, not better."))
    for line in posting.criteria:
        if line.kind == CriterionKind.YES_NO and not line.test_method.strip():
            yield Problem("criteria", _("“%(name)s”: how will it be tested?") % {"name": line.name})
        if line.kind == CriterionKind.JUDGED and not line.guideline.strip():
            yield Problem("criteria", _("“%(name)s”: what earns full points, and what none?") % {"name": line.name})


def _of_reward(posting: Posting) -> Iterator[Problem]:
    said = posting.description.casefold()
    if posting.bounty_amount and not any(word in said for word in BASIS):
        yield Problem("bounty", _("The description does not say how the amount was arrived at."))
    if posting.mode == ChallengeMode.TASK and not posting.milestones:
        yield Problem("milestones", _("Without milestones the whole amount falls due with the final acceptance."))
    if posting.mode == ChallengeMode.BOUNTY and posting.milestones:
        yield Problem("milestones", _("In bounty mode there are no milestones; these are not shown."))


def _of_names(posting: Posting, sponsor: str) -> Iterator[Problem]:
    if posting.name_shown == NameShown.SHOWN or not sponsor:
        return
    for field, text in (("title", posting.title), ("description", posting.description)):
        if sponsor in text:
            yield Problem(field, _("Your organisation's name stands in this text although you keep it confidential."))
