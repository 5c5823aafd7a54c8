"""Words of the page: money, days, moments, time left, states, icons, entries of the navigation."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from marketplace.kernel import clock
from marketplace.kernel.moments import BEIJING, exact_moment, machine_moment, spoken_day, spoken_moment
from marketplace.kernel.money import spoken

register = template.Library()

SOON = timedelta(days=3)
TONES = {
    "works": "done",
    "partly": "open",
    "planned": "judging",
    "not_built": "ended",
    "DRAFT": "draft",
    "RETURNED": "draft",
    "SUBMITTED": "judging",
    "APPROVED": "judging",
    "OPEN": "open",
    "SEALED": "judging",
    "OPENED": "judging",
    "REVIEWING": "judging",
    "UNDER_REVIEW": "judging",
    "ADJUDICATED": "judging",
    "PENDING": "judging",
    "NOTICE": "notice",
    "RESERVE": "notice",
    "AWARDED": "done",
    "WINNING": "done",
    "VERIFIED": "done",
    "PUBLISHED": "done",
    "LOCKED": "done",
    "CONFIRMED": "done",
    "PROPOSED": "judging",
    "REFUSED": "ended",
    "LAPSED": "ended",
    "DISPUTED": "held",
    "OBJECTION": "held",
    "SUSPENDED": "held",
    "ASKED": "judging",
    "GIVEN": "done",
    "REVOKED": "ended",
    "EXPIRED": "ended",
    "FAILED": "ended",
    "CANCELLED": "ended",
    "TERMINATED": "ended",
    "WITHDRAWN": "ended",
    "INADMISSIBLE": "ended",
    "NOT_SELECTED": "ended",
    "DISQUALIFIED": "ended",
}
"""Which look a state has; the words beside it always say which state it is."""


@register.filter
def money(fen: int | None) -> str:
    """An amount in 分 as people read it: 300 万元, CNY 3 million. Nothing for no amount."""
    return "" if fen is None else spoken(int(fen), _language())


@register.filter
def day(value: date | None) -> SafeString | str:
    """2026年11月22日 / 22 November 2026, as a <time>."""
    if value is None:
        return ""
    machine = machine_moment(value) if isinstance(value, datetime) else value.isoformat()
    return format_html('<time datetime="{}">{}</time>', machine, spoken_day(value, _language()))


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A moment in Beijing time, the zone named; moments.js adds the viewer's own zone where it differs."""
    if value is None:
        return ""
    return format_html(
        '<time datetime="{}" data-moment>{}</time>', machine_moment(value), spoken_moment(value, _language())
    )


@register.filter
def exact(value: datetime | None) -> SafeString | str:
    """A moment to the second in Beijing time, the zone named: deadlines, for whoever has to keep them."""
    if value is None:
        return ""
    words = exact_moment(value, _language())
    return format_html('<time datetime="{}" data-moment>{}</time>', machine_moment(value), words)


@register.filter
def second(value: datetime | None) -> str:
    """18:00:00: the time of day of a moment in Beijing."""
    return "" if value is None else f"{value.astimezone(BEIJING):%H:%M:%S}"


@register.simple_tag(takes_context=True)
def server_clock(context: Context) -> SafeString:
    """The platform's clock as the page was written; moments.js keeps it running and sets it by /clock."""
    now = _now(context)
    return format_html(
        '<time class="clock" datetime="{}" data-clock data-now="{}" data-clock-src="{}">{}</time>',
        machine_moment(now),
        now.isoformat(timespec="milliseconds"),
        reverse("clock"),
        f"{now.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}",
    )


@register.filter
def hour(value: datetime | None) -> SafeString | str:
    """A moment in Beijing time for lists whose heading already names the zone."""
    if value is None:
        return ""
    words = spoken_moment(value, _language(), zone_named=False)
    return format_html('<time datetime="{}">{}</time>', machine_moment(value), words)


@register.simple_tag(takes_context=True)
def time_left(context: Context, until: datetime | None) -> SafeString | str:
    """How long until the moment, by the platform's clock; moments.js keeps it counting."""
    if until is None:
        return ""
    now = _now(context)
    return format_html(
        '<span class="left" data-left-until="{}" data-now="{}"{}>{}</span>',
        machine_moment(until),
        now.isoformat(timespec="milliseconds"),
        SafeString(" data-soon") if until - now < SOON else "",
        left_words(until - now),
    )


def left_words(left: timedelta) -> str:
    """剩 3 天 4 小时: the two largest units that matter; "the deadline has passed" from the first moment after."""
    if left <= timedelta(0):
        return _("the deadline has passed")
    minutes = left // timedelta(minutes=1)
    numbers = {"days": minutes // 1440, "hours": minutes % 1440 // 60, "minutes": minutes % 60}
    if numbers["days"]:
        return ngettext("%(days)d day %(hours)d h left", "%(days)d days %(hours)d h left", numbers["days"]) % numbers
    if numbers["hours"]:
        return _("%(hours)d h %(minutes)d min left") % numbers
    return _("%(minutes)d min left") % numbers


@register.filter
def lasting(length: timedelta) -> str:
    """2 天、5 小时、20 分钟: a length in its largest unit, rounded up."""
    minutes = max(1, -(-length // timedelta(minutes=1)))
    if minutes > 1440:
        return ngettext("%(count)d day", "%(count)d days", -(-minutes // 1440)) % {"count": -(-minutes // 1440)}
    if minutes > 60:
        return ngettext("%(count)d hour", "%(count)d hours", -(-minutes // 60)) % {"count": -(-minutes // 60)}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


@register.simple_tag
def left_patterns() -> SafeString:
    """The sentences of `left_words` for moments.js, as data attributes: {d}, {h} and {m} are the numbers."""
    places = {"days": "{d}", "hours": "{h}", "minutes": "{m}"}
    return format_html(
        'data-left-days="{}" data-left-day="{}" data-left-hours="{}" data-left-minutes="{}" data-left-over="{}"',
        _placed(ngettext("%(days)d day %(hours)d h left", "%(days)d days %(hours)d h left", 2), places),
        _placed(ngettext("%(days)d day %(hours)d h left", "%(days)d days %(hours)d h left", 1), places),
        _placed(_("%(hours)d h %(minutes)d min left"), places),
        _placed(_("%(minutes)d min left"), places),
        _("the deadline has passed"),
    )


@register.simple_tag
def state_badge(code: str, label: str) -> SafeString:
    """A state in words with its mark. `code` chooses the mark, `label` is what is read."""
    return format_html('<span class="state" data-tone="{}">{}</span>', TONES.get(code, "draft"), label)


@register.filter
def alert_tone(tone: str) -> str:
    """The look of a message: Django's level names and our own lead to info, ok, warn or danger."""
    return {
        "success": "ok",
        "ok": "ok",
        "warning": "warn",
        "warn": "warn",
        "error": "danger",
        "danger": "danger",
    }.get(tone, "info")


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[str | int]:
    """The page numbers worth a link: the first two, the last two, two on either side; gaps as "…"."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=2)


@register.filter
def words(text: str) -> list[str]:
    """A few names written in one line of a template, as a list."""
    return text.split()


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of our icons (static/zhongyan/icons.svg). Decoration: the words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("zhongyan/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def nav_link(context: Context, name: str, label: str, look: str = "", about: str = "") -> SafeString | str:
    """A list entry leading to a named page, marked when the viewer is there; nothing where the page is not served."""
    try:
        address = reverse(name, args=[about] if about else [])
    except NoReverseMatch:
        return ""
    return format_html('<li class="{}"><a href="{}"{}>{}</a></li>', look, address, _current(context, address), label)


def _current(context: Context, address: str) -> SafeString:
    path = getattr(_request(context), "path", "")
    if path == address:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"' if path.startswith(address) else "")


def _now(context: Context) -> datetime:
    """Asked once a request: the clock may be the database's, and a list has many rows."""
    request = _request(context)
    if request is None:
        return clock.now()
    if not hasattr(request, "time_of_page"):
        request.time_of_page = clock.now()
    return request.time_of_page  # type: ignore[no-any-return]  # put there two lines above


def _request(context: Context) -> Any:
    """The request, also inside `{% include … only %}`, which keeps it on the context itself."""
    return getattr(context, "request", None) or context.get("request")


def _placed(sentence: str, places: dict[str, str]) -> str:
    return (
        sentence.replace("%(days)d", places["days"])
        .replace("%(hours)d", places["hours"])
        .replace("%(minutes)d", places["minutes"])
    )


def _language() -> str:
    return get_language() or "zh-hans"
