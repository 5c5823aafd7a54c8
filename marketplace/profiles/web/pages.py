"""What others see: the directory, and one person's page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.accounts.models import User
from marketplace.accounts.web.throttle import throttled
from marketplace.profiles import queries
from marketplace.profiles.models import Profile
from marketplace.profiles.showing import Audience, Part, shown
from marketplace.profiles.web.directory import LONGEST_ASKED, DirectoryForm

A_PAGE = 20


@dataclass(frozen=True)
class Card:
    """All that a page may say of somebody to this audience; no page is given the profile itself."""

    public_id: str
    name: str
    is_verified: bool
    is_sample: bool
    parts: Mapping[str, Any]

    @property
    def orcid_address(self) -> str:
        """Where the ORCID iD leads, which is how ORCID asks for it to be shown; "" where none is shown."""
        orcid = self.parts.get(Part.ORCID.value, "")
        return f"https://orcid.org/{orcid}" if orcid else ""


def card(profile: Profile, parts: Mapping[Part, Any]) -> Card:
    """The name is the one shown to others; the real name stays where it is."""
    person: User = profile.user
    named = {part.value: value for part, value in parts.items()}
    is_verified = getattr(profile, "is_verified", False)
    return Card(profile.public_id, person.display_name, is_verified, person.is_sample, named)


@never_cache
@require_safe
@throttled("PEOPLE_A_MINUTE", "GET", "HEAD")
def directory(request: HttpRequest) -> HttpResponse:
    """Published profiles, by what each shows to whoever asks."""
    form = DirectoryForm(request.GET)
    audience = queries.audience_of(request.user)
    page = Paginator(queries.listed(form.ask, audience), A_PAGE).get_page(request.GET.get("page"))
    found = queries.profiles_of(page)
    context = {
        "form": form,
        "page": page,
        "cards": [card(one, shown(queries.said(one), audience)) for one in found],
        "is_filtered": any(vars(form.ask).values()),
        "longest": LONGEST_ASKED,
        "noindex": audience != Audience.EVERYBODY,
    }
    return render(request, "profiles/directory.html", context, status=200 if form.is_valid() else 422)


@never_cache
@require_safe
@throttled("PEOPLE_A_MINUTE", "GET", "HEAD")
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person's page. Members may read it with `?as=EVERYBODY` as everybody does; its owner tries that.

    Raises NotFound for whatever is not published.
    """
    profile = queries.seen_by(public_id, request.user)
    is_own = request.user == profile.user
    audience = queries.audience_of(request.user)
    if request.GET.get("as") == Audience.EVERYBODY:
        audience = Audience.EVERYBODY
    said = queries.whole(profile)
    context = {
        "card": card(profile, shown(queries.as_published(said) if is_own else said, audience)),
        "is_own": is_own,
        "is_published": said.published,
        "audience": audience,
        "noindex": request.user.is_authenticated,
    }
    return render(request, "profiles/person.html", context)
