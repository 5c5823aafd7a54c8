"""What helps while a posting is written: advice by field, which parts stand open, the dates that follow."""

from typing import Any

from marketplace.registry.queries import work_calendar
from tasks.challenges import queries
from tasks.challenges.advice import advice
from tasks.challenges.forecast import Expected, forecast
from tasks.challenges.models import Challenge, ChallengeMode
from tasks.web.forms.challenges import IP_WORDS, PostingForm

PARTS: dict[str, tuple[str, ...]] = {
    "terms": ("deadline", "ip_terms"),
    "criteria": ("criteria", "threshold"),
    "levels": ("start_level", "target_level"),
    "reward": ("reward_kinds", "reward_terms", "prize_rule", "places"),
    "milestones": ("milestones",),
    "audience": (
        *("audience", "chain", "reserved_for_sme", "eligibility_reason"),
        *("abroad", "abroad_reason", "consent_at_submission"),
    ),
    "english": ("title_en", "description_en"),
    "name": ("name_shown",),
    "further": ("kind", "language", "contact_person", "region", "keywords"),
}
"""The parts of the form that are folded up at first, with their fields."""
USUALLY_SET = frozenset({"terms", "further"})
"""Parts that always say something: they unfold for an error only."""


def unfolding(form: PostingForm) -> dict[str, Any]:
    """Context of the form: which parts stand open, and what the rights mean in plain words."""
    opened = {part: form.unfolded(*names, errors_only=part in USUALLY_SET) for part, names in PARTS.items()}
    light = form.unfolded("problem_kind", "mode", "contact_office", errors_only=True)
    return {"open": opened, "light_open": light, "ip_words": IP_WORDS.values()}


def advised(challenge: Challenge) -> dict[str, list[Any]]:
    """Advice on what is saved, by form field."""
    calendar = work_calendar()
    found: dict[str, list[Any]] = {}
    name = challenge.sponsor.name if challenge.sponsor else ""
    for one in advice(queries.posting_of(challenge), sponsor=name, works=calendar.is_working_day):
        found.setdefault(one.field, []).append(one.message)
    return found


def expected(challenge: Challenge) -> list[Expected]:
    """The dates that follow the deadline; none without one."""
    if challenge.deadline is None:
        return []
    plan = challenge.planned_milestones.first() if challenge.mode == ChallengeMode.TASK else None
    return forecast(challenge.deadline, work_calendar(), first_weeks=plan.weeks if plan else 0)
