"""A proposal's text as pages show it."""

from datetime import datetime
from typing import Any

from django import template

from marketplace.kernel.moments import BEIJING
from tasks.challenges.models import Challenge
from tasks.proposals import content
from tasks.proposals.content import Section

register = template.Library()


@register.filter
def answered(said: Any, challenge: Challenge) -> list[Section]:
    """What is said to each criterion that has a section of its own: of a `Content` or of a masked proposal.

    Nothing of a proposal from before there were sections.
    """
    return content.sections(said, challenge.criteria.all()) if said.answers else []


@register.filter
def ai_words(code: str) -> str:
    """What was said of generative AI, in words; nothing for a proposal from before it was asked."""
    return str(dict(content.AiUse.choices).get(code, ""))


@register.filter
def exactly(value: datetime) -> str:
    """A moment to the millisecond, in Beijing time: where half a second decides."""
    local = value.astimezone(BEIJING)
    return f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 1000:03d} (UTC+8)"
