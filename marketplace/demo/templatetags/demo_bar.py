"""`{% demo_bar as bar %}`: the bar asks for itself, so that pages without it pay nothing."""

from django import template
from django.template.context import Context

from marketplace.demo.bar import Bar

register = template.Library()


@register.simple_tag(takes_context=True)
def demo_bar(context: Context) -> Bar | None:
    """The bar of this page; None on an error page that was rendered without a request."""
    request = context.get("request")
    return Bar(request) if request is not None and hasattr(request, "user") else None
