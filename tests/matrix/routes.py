"""What there is to declare: every address of the platform, as Django's resolver knows it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver
from django.urls.resolvers import LocalePrefixPattern

ROOT = "tests.demo.urls"
"""The product's addresses and the demo's."""


def routes() -> dict[str, URLPattern]:
    """Every route by its name; those without one by their address."""
    return dict(_walk(get_resolver(ROOT).url_patterns, "", ""))


def spoken() -> frozenset[str]:
    """The routes that have an address in each language; the others have one alone, and no language."""
    tops = [one for one in get_resolver(ROOT).url_patterns if isinstance(one.pattern, LocalePrefixPattern)]
    return frozenset(name for name, _pattern in _walk(tops, "", ""))


def _walk(patterns: Any, address: str, names: str) -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        prefix = "" if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern)
        if isinstance(one, URLPattern):
            yield (names + one.name if one.name else f"/{address}{prefix}"), one
        else:
            space = f"{one.namespace}:" if one.namespace else ""
            yield from _walk(one.url_patterns, address + prefix, names + space)
