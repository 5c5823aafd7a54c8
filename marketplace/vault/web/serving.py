"""Handing a file out: to whoever may read it at this very request, as a download and never as a page (I27)."""

import asyncio
from collections.abc import AsyncIterator, Iterator

from django.contrib.auth.decorators import login_required
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.kernel.errors import NotFound
from marketplace.vault import doors, links, policy, queries, services
from marketplace.vault.kinds import MEDIA_TYPES, Kind
from marketplace.vault.models import StoredFile

SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


@never_cache
@require_safe
@login_required
def open_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """A link for this person, good for a few minutes. Raises NotFound."""
    row = _readable(request, public_id)
    return redirect("vault:content", public_id, links.token(row, request.user))


@require_safe
@login_required
def content(request: HttpRequest, public_id: str, word: str) -> HttpResponseBase:
    """The file itself. A link that is over leads to a new one, as long as the person may read it. Raises NotFound."""
    row = _readable(request, public_id)
    if not links.opens(word, row, request.user):
        return redirect("vault:open", public_id)
    doors.door(row.door).served(request.user, row.holder)
    pieces = services.content_of(row)
    first = next(pieces, b"")  # a missing or changed file is found before anything is promised
    answer = StreamingHttpResponse(_streamed(request, first, pieces), content_type=MEDIA_TYPES[Kind(row.kind)])
    name = policy.called(request.user, row, policy.rights(request.user, row.door, row.holder))
    answer["Content-Length"] = str(row.size)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store, no-transform"
    return answer


def _readable(request: HttpRequest, public_id: str) -> StoredFile:
    row = queries.found(public_id)
    if not policy.may_read(request.user, row):
        raise NotFound
    return row


def _streamed(request: HttpRequest, first: bytes, rest: Iterator[bytes]) -> Iterator[bytes] | AsyncIterator[bytes]:
    """Under ASGI an ordinary iterator would be read to its end into memory before the first byte is sent."""
    return _awaited(first, rest) if isinstance(request, ASGIRequest) else _together(first, rest)


def _together(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


async def _awaited(first: bytes, rest: Iterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    while piece := await asyncio.to_thread(next, rest, b""):
        yield piece
