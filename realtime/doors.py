"""What is asked of a browser before its socket is accepted: which page it comes from."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.http import parse_cookie
from django.http.request import validate_host

PORTS = {"http": 80, "https": 443}


def from_our_page(scope: Mapping[str, Any]) -> bool:
    """Whether the Origin is ours: an allowed host, and the very host and port that was asked, or SITE_URL's.

    Without this any page on the web could open a socket with the visitor's cookies. Missing and "null" are refused,
    and `ALLOWED_HOSTS = ["*"]` opens nothing, because the origin must still be the host that was asked.
    """
    origin = _split(_header(scope, b"origin"))
    if origin is None or not validate_host(origin.hostname or "", settings.ALLOWED_HOSTS):
        return False
    asked = _split(f"{origin.scheme}://{_header(scope, b'host')}")
    site = _split(settings.SITE_URL)
    return any(one is not None and _place(one) == _place(origin) for one in (asked, site))


def session_key(scope: Mapping[str, Any]) -> str:
    """The session cookie's value, "" without one."""
    return parse_cookie(_header(scope, b"cookie")).get(settings.SESSION_COOKIE_NAME, "")


def _header(scope: Mapping[str, Any], name: bytes) -> str:
    values = [value.decode("latin1") for key, value in scope.get("headers", ()) if key == name]
    return values[0] if len(values) == 1 else ""


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _place(parts)
    except (ValueError, KeyError):
        return None
    return parts if parts.hostname and not parts.username else None


def _place(parts: SplitResult) -> tuple[str, int]:
    return (parts.hostname or "").rstrip("."), parts.port or PORTS[parts.scheme]
