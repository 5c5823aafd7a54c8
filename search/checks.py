"""What search refuses to start with."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.compatibility)
def engine_is_reachable_by_name(**kwargs: Any) -> Iterable[CheckMessage]:
    """Elasticsearch needs an address; whether it answers is for the readiness probe, not for a check."""
    if settings.SEARCH_BACKEND.endswith(".ElasticIndex") and not settings.ELASTICSEARCH_URL:
        yield Error("SEARCH_BACKEND is Elasticsearch, and ELASTICSEARCH_URL is not set.", id="search.E001")
