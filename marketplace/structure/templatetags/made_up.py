"""`{% made_up_of organisation %}`: what an organisation belongs to and what belongs to it, and the way to join it."""

from typing import Any

from django import template
from django.template.context import RequestContext

from marketplace.accounts.models import Organisation
from marketplace.structure import policy, queries

register = template.Library()


@register.inclusion_tag("structure/_made_up.html", takes_context=True)
def made_up_of(context: RequestContext, organisation: Organisation) -> dict[str, Any]:
    """For everybody who sees the organisation's page."""
    person = context["request"].user
    return {
        "organisation": organisation,
        "parent": queries.parent_of(organisation),
        "children": queries.children_of(organisation),
        "own": bool(policy.may_see(person, organisation)),
        "may_join": bool(policy.may_join(person, organisation)),
        "csrf_token": context.get("csrf_token"),
    }
