"""`{% files_at "organisation" organisation.public_id %}`: the files of a holder, for pages of rooms above this one."""

from typing import Any

from django import template
from django.template.context import RequestContext

from marketplace.vault.web.views import section

register = template.Library()


@register.inclusion_tag("vault/_files.html", takes_context=True)
def files_at(context: RequestContext, code: str, holder: str) -> dict[str, Any]:
    """The section. Raises NotFound: the page asks first whether the person may know of it."""
    request = context["request"]
    return {
        **section(request, code, holder),
        "request": request,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
    }
