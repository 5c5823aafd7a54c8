"""The page /status: which database, search engine, channel layer and worker are really in use, and what is owed."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from marketplace.accounts import queries as people
from marketplace.accounts.roles import Role
from marketplace.outbox import heartbeat
from marketplace.outbox.models import Delivery
from realtime.probe import layer_answers
from search.backends.base import EngineUnavailable
from search.engine import ask


@dataclass(frozen=True)
class Part:
    """One line of the page: what it is for, what does it, whether it answers just now; of jobs, when one last ran."""

    purpose: object
    engine: str
    answers: bool
    last_ran: datetime | None = None


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """For the demo and for system administrators; for everybody else there is no such page."""
    if not settings.DEMO and not people.holds(request.user, Role.SYSTEM_ADMIN):
        raise Http404
    owed = Delivery.objects.exclude(state=Delivery.State.DONE).values_list("state").annotate(Count("pk"))
    return render(request, "status.html", {"parts": _parts(), "owed": dict(owed), "mode": _mode()})


def _mode() -> object:
    embedded = connection.vendor == "sqlite"
    return _("embedded: one process, no service") if embedded else _("production: with services")


def _parts() -> list[Part]:
    return [
        Part(_("Database"), _database(), True),
        _search(),
        Part(_("Live updates"), _layer(), layer_answers()),
        Part(_("Jobs"), _worker(), heartbeat.beats(), last_ran=heartbeat.last_beat()),
    ]


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        version = str(cursor.fetchone()[0])
    return version.split(" (", maxsplit=1)[0] if connection.vendor == "postgresql" else f"SQLite {version}"


def _search() -> Part:
    name = "Elasticsearch" if "elastic" in settings.SEARCH_BACKEND else "SQLite FTS5"
    try:
        version, missing = ask(lambda index: (index.describe(), index.missing()))
        return Part(_("Search"), version, not missing)
    except EngineUnavailable:
        return Part(_("Search"), name, answers=False)


def _layer() -> str:
    backend = str(settings.CHANNEL_LAYERS["default"]["BACKEND"])
    return "Redis" if "redis" in backend.lower() else str(_("memory of this process"))


def _worker() -> str:
    celery = settings.OUTBOX_HANDOFF == "marketplace.outbox.jobs.hand_over"
    return "Celery" if celery else str(_("threads of this process"))


urlpatterns = [path("status", status, name="status")]
