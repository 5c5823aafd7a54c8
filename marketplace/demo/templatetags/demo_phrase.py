"""`{% demo_phrase as phrase %}`: the six words on the card of the officer who looks at this page."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context

from marketplace.demo.models import PhraseCard

register = template.Library()


@register.simple_tag(takes_context=True)
def demo_phrase(context: Context) -> str:
    """The phrase; empty for whoever has no card."""
    person: Any = getattr(context.get("request"), "user", None)
    if not settings.DEMO or person is None or not person.is_authenticated:
        return ""
    card = PhraseCard.objects.filter(officer=person).first()
    return card.phrase if card else ""
