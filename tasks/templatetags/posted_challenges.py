"""What an organisation has published, for its page: accounts lies below tasks and cannot ask by itself."""

from typing import Any

from django import template

from marketplace.accounts.models import Organisation
from tasks.challenges import queries

register = template.Library()

MOST = 20


@register.inclusion_tag("accounts/_posted_challenges.html")
def posted_challenges(organisation: Organisation) -> dict[str, Any]:
    """The organisation's public challenges, the newest first; at most twenty."""
    found = list(queries.published_by(organisation)[: MOST + 1])
    return {"challenges": found[:MOST], "more": len(found) > MOST}
