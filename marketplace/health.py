"""Liveness and readiness, for process managers and load balancers, and the time, for pages that show it running.

No language, no session, no template.
"""

from collections.abc import Callable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.kernel import clock


def database_answers() -> bool:
    """Whether the database answers a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def migrations_applied() -> bool:
    """Whether the tables are those this code expects."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


CHECKS: dict[str, Callable[[], bool]] = {"database": database_answers, "migrations": migrations_applied}
"""What a page cannot do without. Redis and Elasticsearch are not among it: pages answer without them."""


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Every part a page needs answers; 503 names those that do not."""
    results = {name: _passes(check) for name, check in CHECKS.items()}
    good = all(results.values())
    return JsonResponse({"status": "ok" if good else "unready", **results}, status=200 if good else 503)


@never_cache
@require_safe
def time(request: HttpRequest) -> JsonResponse:
    """The platform's clock, which decides what is late: pages set theirs by it."""
    return JsonResponse({"now": clock.now().isoformat(timespec="milliseconds")})


def _passes(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # noqa: BLE001  # whatever keeps the database from answering, the answer is: not ready
        return False


urlpatterns = [path("healthz", live), path("readyz", ready), path("clock", time, name="clock")]
