"""`{% demo_code as code %}`: what the authenticator app of the person on this page would show now."""

from django import template
from django.template.context import Context

from marketplace.demo import codes

register = template.Library()


@register.simple_tag(takes_context=True)
def demo_code(context: Context) -> str:
    """The six digits; empty for whoever has no app, or a page that asks nobody."""
    request = context.get("request")
    form = context.get("form")
    person = getattr(form, "user", None) or getattr(request, "user", None)
    return codes.code_of(person, being_set_up=getattr(form, "secret", ""))
