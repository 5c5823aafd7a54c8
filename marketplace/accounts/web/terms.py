"""The texts that everybody agrees to, each version for everybody to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.accounts.terms import template_of, text_of


@require_safe
def show(request: HttpRequest, code: str, version: str = "") -> HttpResponse:
    text, shown = text_of(code, version)
    context = {"text": text, "version": shown, "template": template_of(text, shown)}
    return render(request, "terms/show.html", context)
