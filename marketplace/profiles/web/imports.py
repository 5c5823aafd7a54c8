"""Taking references over: a file or ORCID's answer becomes a list, of which its owner chooses."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.web.throttle import throttled
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.profiles import importing, queries, services
from marketplace.profiles.importing import Offer
from marketplace.profiles.models import LONGEST_TEXT
from marketplace.profiles.policy import MOST_REFERENCES
from marketplace.profiles.reading.found import LARGEST
from marketplace.profiles.references import Citation, plain
from marketplace.profiles.template import workbook

LONGEST_CHOICE = 10_000
WORKBOOKS = (".xlsx", ".xlsm", ".xls")
"""Endings of what is read as a workbook, if only to say what is wrong with it."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIELDS: dict[str, Any] = {
    "kind": str,
    "title": str,
    "year": (int, type(None)),
    "identifier": str,
    "place": str,
    "link": str,
}
MOST_TEXTS = 4


class BringForm(forms.Form):
    """A file of one of the kinds that are read."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        help_text=gettext_lazy("5 MB at most. Nothing is taken over before you have chosen."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """Its size alone; what it says is judged by the reader."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise ValidationError(importing.WHY["too_large"], code="size")
        return given

    @property
    def kind(self) -> str:
        """Which reader it is for."""
        return "xlsx" if str(self.cleaned_data["file"].name).lower().endswith(WORKBOOKS) else "orcid"


class TakeForm(forms.Form):
    """What was chosen. It comes back from the page, so it is judged as if it had been typed."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.sent = data
        self.citations: list[Citation] = []
        self.texts: list[str] = []

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for what the page did not offer in this form, and where nothing was chosen."""
        chosen = self.sent.getlist("take")[: MOST_REFERENCES + 1]
        self.citations = [_citation(one) for one in chosen]
        self.texts = [plain(one)[:LONGEST_TEXT] for one in self.sent.getlist("text")[:MOST_TEXTS]]
        if not self.citations and not self.texts:
            raise ValidationError(_("Please choose what to take over."), code="nothing")
        return super().clean() or {}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@throttled("IMPORTS_A_MINUTE", "POST")
def bring(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    posted = request.method == "POST"
    form = BringForm(request.POST, request.FILES) if posted else BringForm()
    own = queries.orcid_of(person)
    offer = attempt(form, lambda: importing.read_file(form.kind, form.cleaned_data["file"].read(), own_orcid=own))
    if offer is not None:
        return _offered(request, offer)
    return _page(request, form)


@require_safe
@login_required
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    head = content_disposition_header(as_attachment=True, filename=f"{_('Publications and patents')}.xlsx")
    return HttpResponse(workbook(), WORKBOOK, headers={"Content-Disposition": head})


@require_POST
@login_required
@throttled("IMPORTS_A_MINUTE", "POST")
def fetch(request: HttpRequest) -> HttpResponse:
    """What ORCID shows of the record whose owner has proved to be this person."""
    own = queries.orcid_of(signed_in(request))
    form = forms.Form(request.POST)
    offer = attempt(form, lambda: importing.fetch(own))
    if offer is not None:
        return _offered(request, offer)
    return _page(request, BringForm(), failed=form)


@require_POST
@login_required
def take(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = TakeForm(request.POST)
    taken = attempt(form, lambda: services.take(actor=person, citations=form.citations, texts=form.texts))
    if taken is None:
        return _page(request, BringForm(), failed=form)
    said = ngettext("%(count)d reference taken over.", "%(count)d references taken over.", taken.added)
    messages.success(request, said % {"count": taken.added})
    return redirect("profiles:references")


def _page(request: HttpRequest, form: BringForm, failed: forms.Form | None = None) -> HttpResponse:
    shown = failed if failed is not None else form
    context = {
        "form": form,
        "failed": shown,
        "orcid": queries.orcid_of(signed_in(request)),
        "can_fetch": importing.address() != "",
    }
    return render(request, "profiles/import.html", context, status=status_of(shown))


def _offered(request: HttpRequest, offer: Offer) -> HttpResponse:
    """The list to choose from; what the profile has already is there, and cannot be chosen."""
    profile = queries.of(signed_in(request))
    known = {one.citation.same for one in queries.references_of(profile)} if profile else set()
    rows = [(one, json.dumps(vars(one), ensure_ascii=False), one.same in known) for one in offer.citations]
    context = {"rows": rows, "texts": offer.texts, "left_out": offer.left_out}
    return render(request, "profiles/choose.html", context)


def _citation(text: str) -> Citation:
    try:
        said = json.loads(text) if len(text) <= LONGEST_CHOICE else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or set(said) != set(FIELDS):
        raise ValidationError(_("Please choose from the list again."), code="changed")
    if not all(isinstance(said[name], kind) for name, kind in FIELDS.items()):
        raise ValidationError(_("Please choose from the list again."), code="changed")
    return Citation(**said)
