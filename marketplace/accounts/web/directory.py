"""The directory of organisations, for everybody."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from marketplace.accounts import queries
from marketplace.accounts.models import OrganisationKind, SponsorClass
from marketplace.registry.web.fields import RegionField

PER_PAGE = 20


class DirectoryForm(forms.Form):
    """What to look for."""

    q = forms.CharField(label=_("Name or credit code"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *OrganisationKind.choices], required=False)
    sponsor_class = forms.ChoiceField(
        label=_("Class as a sponsor"), choices=[("", _("all")), *SponsorClass.choices], required=False
    )
    region = RegionField(empty_label=_("all"), required=False)

    @property
    def wanted(self) -> dict[str, Any]:
        """What can be understood of it."""
        return {name: self.cleaned_data.get(name) or None for name in self.fields} if self.is_bound else {}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    form = DirectoryForm(request.GET)
    status = 200 if form.is_valid() else 422
    found = queries.directory(**form.wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "filtered": any(form.wanted.values())}
    return render(request, "accounts/directory.html", context, status=status)
