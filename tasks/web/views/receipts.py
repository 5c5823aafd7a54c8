"""Receipts: for their owner to keep, for anybody who holds one to check."""

import json
from typing import Any

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.accounts.web.throttle import throttled
from marketplace.kernel import keys, timestamps
from marketplace.kernel.boundary import status_of
from marketplace.kernel.errors import NotFound
from tasks.proposals import checking, queries, receipts, stamping
from tasks.proposals.models import SubmissionReceipt
from tasks.web import paper
from tasks.web.forms.receipts import ReceiptForm, as_text


@never_cache
@require_safe
@login_required
def receipt(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The receipt on a page that prints well."""
    row = _own(request, public_id, number)
    context = {"receipt": row, "proposal": row.envelope.proposal, "stamp": stamping.stamp_of(row)}
    return render(request, "tasks/proposals/receipt.html", context)


@never_cache
@require_safe
@login_required
def as_json(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    row = _own(request, public_id, number)
    answer = HttpResponse(as_text(receipts.document(row)), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="receipt-{public_id}-{number}.json"'
    return answer


@never_cache
@require_safe
@login_required
def as_pdf(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The receipt as one sheet of paper, with the receipt itself inside."""
    row = _own(request, public_id, number)
    answer = HttpResponse(paper.sheet(row, stamping.stamp_of(row)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="receipt-{public_id}-{number}.pdf"'
    return answer


@never_cache
@require_safe
@login_required
def as_tsr(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The answer of the authority of time, which proves by itself when there was this receipt (RFC 3161)."""
    stamp = stamping.stamp_of(_own(request, public_id, number))
    if stamp is None:
        raise NotFound
    answer = HttpResponse(bytes(stamp.answer), content_type="application/timestamp-reply")
    answer["Content-Disposition"] = f'attachment; filename="receipt-{public_id}-{number}.tsr"'
    return answer


@never_cache
@require_safe
@login_required
def qr(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """The whole receipt as a QR code: whoever scans it holds it."""
    said = json.dumps(receipts.document(_own(request, public_id, number)), separators=(",", ":"))
    drawn = segno.make(said, error="l").svg_inline(scale=3, border=4)
    return HttpResponse(
        drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1), content_type="image/svg+xml"
    )


@throttled("CHECKS_A_MINUTE", "POST")
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST, request.FILES) if request.method == "POST" else ReceiptForm()
    finding = _finding(form) if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {"form": form, "finding": finding, "keys": keys.public_keys()}
    return render(request, "tasks/proposals/check.html", context, status=200 if finding else status_of(form))


def _finding(form: ReceiptForm) -> checking.Finding:
    given = form.cleaned_data["given"]
    return checking.checked(given.said).with_stamp(form.cleaned_data["stamp"] or given.stamp, timestamps.authority())


@require_safe
def public_keys(request: HttpRequest) -> HttpResponse:
    """The platform's public keys, for whoever checks receipts without it."""
    return JsonResponse({"keys": [{"key": one, "fingerprint": keys.fingerprint_of(one)} for one in keys.public_keys()]})


def _own(request: HttpRequest, public_id: str, number: int) -> SubmissionReceipt:
    proposal = queries.own(public_id, request.user)
    found = [row for row in queries.receipts_of(proposal) if row.envelope.number == number]
    if not found:
        raise NotFound
    return found[0]
