"""Twenty rows as JSON, and one INSERT."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from bench.bare.models import Note
from tasks.challenges.models import Challenge

ROWS = 20
COLUMNS = (
    *(field.attname for field in Challenge._meta.concrete_fields),
    "sponsor__name",
    "sponsor__name_en",
    "region__name_zh",
    "region__name_en",
)
"""Every column of a challenge, as the list reads them, and the names a row shows."""


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """The newest open challenges."""
    newest = Challenge.objects.filter(state="OPEN").order_by("-opened_at", "public_id")
    return JsonResponse(list(newest.values(*COLUMNS)[:ROWS]), safe=False)


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Keep what a signed-in person posts."""
    assert request.user.is_authenticated  # noqa: S101  # the measurement signs in
    Note._default_manager.create(user=request.user, text=request.POST["text"])
    return HttpResponse(status=204)


@require_safe
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing at all."""
    return HttpResponse()


urlpatterns = [path("rows/", rows), path("note/", note), path("empty/", empty)]
