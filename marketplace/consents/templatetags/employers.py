"""`{% employers_consent user %}`: that a consent is due, for pages on which somebody proposes in their own name."""

from typing import Any

from django import template

from marketplace.accounts.queries import Person
from marketplace.consents import queries

register = template.Library()


@register.inclusion_tag("consents/_due.html")
def employers_consent(person: Person, *, at_submission: bool) -> dict[str, Any]:
    """Nothing is said to whoever needs none or has one (J08: due when the contract is signed, or before; curable)."""
    return {"due": queries.is_lacking(person), "at_submission": at_submission}
