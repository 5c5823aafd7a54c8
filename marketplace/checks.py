"""What the platform refuses to start with. `manage.py check` runs these, and so does every process at its start."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlparse

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection
from django.http.request import split_domain_port, validate_host

from marketplace.accounts.queries import holds_demo_data
from marketplace.kernel import timestamps

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}
SHORTEST_SECRET = 40
SIX_MONTHS = 184
"""Days of the longest six months."""
KINDS = {"openid_connect", "orcid"}
"""Names django-allauth has for kinds of providers."""
SLUG = re.compile(r"[-a-zA-Z0-9_]+")


@register(Tags.security)
def demo_stays_at_home(**kwargs: Any) -> Iterable[CheckMessage]:
    """The demo lets anyone become anyone: it may only be reached from this machine."""
    if settings.DEMO and not set(settings.ALLOWED_HOSTS) <= LOOPBACK:
        yield Error(
            "DEMO=1 with hosts other than loopback: the demo lets everybody act as everybody.",
            hint="Unset DEMO, or set ALLOWED_HOSTS=127.0.0.1,localhost.",
            id="zhongyan.E001",
        )


@register(Tags.security)
def secrets_are_secret(**kwargs: Any) -> Iterable[CheckMessage]:
    """A guessable key forges sessions; a wildcard host lets every page be served under any name."""
    production = settings.OUTBOX_HANDOFF == "marketplace.outbox.jobs.hand_over"
    if production and len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield Error("SECRET_KEY is too short.", hint="`make env` writes a good one.", id="zhongyan.E002")
    if production and (not settings.DATA_KEYS or min(map(len, settings.DATA_KEYS)) < SHORTEST_SECRET):
        yield Error("DATA_KEYS is empty or holds a short key.", hint="`make env` writes one.", id="zhongyan.E009")
    if production and settings.SECRET_KEY in settings.DATA_KEYS:
        yield Error("SECRET_KEY is among DATA_KEYS: it could never be changed again.", id="zhongyan.E010")
    if "*" in settings.ALLOWED_HOSTS:
        yield Error("ALLOWED_HOSTS must name hosts; * would also let every site open our sockets.", id="zhongyan.E003")
    if production and not settings.CLAMD:
        yield Error("CLAMD is empty: files could never be called clean.", hint="Name clamd.", id="zhongyan.E011")
    if production and settings.DEBUG:
        yield Error("DEBUG is on.", id="zhongyan.E004")


@register(Tags.security)
def address_is_ours(**kwargs: Any) -> Iterable[CheckMessage]:
    """Links in letters carry SITE_URL: it must be a host that is served, and outside loopback by https."""
    site = urlparse(settings.SITE_URL)
    if not validate_host(_host(site.netloc), settings.ALLOWED_HOSTS):
        yield Error("The host of SITE_URL is not among ALLOWED_HOSTS.", hint="Letters link to it.", id="zhongyan.E008")
    at_home = site.hostname in {"127.0.0.1", "localhost", "::1"}
    if not at_home and site.scheme != "https":
        yield Error("SITE_URL must be https outside this machine.", id="zhongyan.E005")


@register(Tags.security)
def providers_are_who_they_are(**kwargs: Any) -> Iterable[CheckMessage]:
    """Whoever answers in a provider's place is everybody: it is asked by https, and each name is one provider's."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    names = [str(app["provider_id"]) for app in apps]
    if len({*names, *KINDS}) != len(names) + len(KINDS) or not all(map(SLUG.fullmatch, names)):
        yield Error("OIDC_PROVIDERS: each id must be its own, of letters, digits, - and _.", id="zhongyan.E012")
    for kind in settings.SOCIALACCOUNT_PROVIDERS.values():
        for app in kind["APPS"]:
            places = [str(app["settings"][name]) for name in ("server_url", "site", "api") if name in app["settings"]]
            if not all(_is_private(place) for place in places):
                yield Error(f"The provider {app['name']} must be asked by https.", id="zhongyan.E013")


@register(Tags.security)
def codes_travel_unread(**kwargs: Any) -> Iterable[CheckMessage]:
    """Whoever reads what the gateway for text messages is told reads codes."""
    if settings.SMS_URL and not _is_private(settings.SMS_URL):
        yield Error("SMS_URL must be https outside this machine.", id="zhongyan.E020")


@register(Tags.security)
def time_stamps_can_be_checked(**kwargs: Any) -> Iterable[CheckMessage]:
    """A stamp is proof only by certificates that are trusted beforehand, the root among them (RFC 3161)."""
    try:
        known = timestamps.authority()
        rooted = known is not None and any(one.issuer == one.subject for one in known.certificates)
    except (OSError, ValueError) as failure:
        yield Error(f"TIMESTAMP_CA cannot be read: {type(failure).__name__}.", id="zhongyan.E021")
        return
    if settings.TIMESTAMP_URL and not rooted:
        yield Error("TIMESTAMP_URL needs TIMESTAMP_CA, with the authority's root certificate.", id="zhongyan.E022")
    if settings.TIMESTAMP_URL and urlparse(settings.TIMESTAMP_URL).scheme not in {"http", "https"}:
        yield Error("TIMESTAMP_URL must be an address by http or https.", id="zhongyan.E023")


@register(Tags.compatibility)
def memory_reaches_one_process(**kwargs: Any) -> Iterable[CheckMessage]:
    """The in-memory channel layer reaches its own process only: the relay must live there too (embedded mode)."""
    in_memory = "InMemory" in settings.CHANNEL_LAYERS["default"]["BACKEND"]
    if in_memory and settings.OUTBOX_HANDOFF == "marketplace.outbox.jobs.hand_over":
        yield Error(
            "The in-memory channel layer with separate relay and worker processes: live updates would be lost.",
            hint="Set REDIS_URL and use the production settings.",
            id="zhongyan.E006",
        )


@register(Tags.security)
def sign_ins_stay_on_record(**kwargs: Any) -> Iterable[CheckMessage]:
    """网络安全法 art. 21 (3): logs of the network's operation are kept for six months at least."""
    if settings.SECURITY_LOG_DAYS < SIX_MONTHS:
        yield Error(f"SECURITY_LOG_DAYS is below {SIX_MONTHS}: the law asks for six months.", id="zhongyan.E014")


@register(Tags.database)
def demo_data_needs_demo(databases: Iterable[str] | None = None, **kwargs: Any) -> Iterable[CheckMessage]:
    """A database that holds demo people, whose password everybody knows, does not serve without DEMO=1."""
    if databases and not settings.DEMO and holds_demo_data():
        yield Error(f"{connection.alias} holds demo data, and DEMO is not set.", id="zhongyan.E007")


def _is_private(address: str) -> bool:
    """Nobody listens on the way: https, or this machine."""
    place = urlparse(address)
    return place.scheme == "https" or place.hostname in {"127.0.0.1", "localhost", "::1"}


def _host(place: str) -> str:
    return split_domain_port(place)[0]
