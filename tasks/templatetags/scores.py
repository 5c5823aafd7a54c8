"""Points as people read them."""

from django import template

register = template.Library()


@register.filter
def points(hundredths: int | None) -> str:
    """Hundredths of a point with two decimals: 8733 reads 87.33. Nothing for no number."""
    return "" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}"
