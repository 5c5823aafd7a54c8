"""The back office: what somebody may do there, and the verification queue."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.accounts import queries as people
from marketplace.accounts.roles import Role
from marketplace.accounts.web.viewer import signed_in
from marketplace.administration import policy, queries, waiting
from marketplace.kernel.errors import NotFound

PER_PAGE = 50


@never_cache
@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """For the three and for region administrators; for everybody else there is no such page."""
    person = signed_in(request)
    if not policy.may_enter(person):
        raise NotFound
    may_see_grants = bool(policy.may_see_grants(person))
    context = {
        "roles": people.held_roles(person),
        "office": queries.office_of(person),
        "may_see_grants": may_see_grants,
        "may_propose": policy.may_propose(person),
        "may_compare": policy.may_compare(person),
        "may_see_trail": policy.may_see_trail(person),
        "may_see_status": people.holds(person, Role.SYSTEM_ADMIN),
        "may_see_resets": policy.may_see_resets(person),
        "resets": [row for row in queries.resets_under_way() if policy.may_work_on(person, row)]
        if policy.may_see_resets(person)
        else [],
        "to_decide": [row for row in queries.waiting() if policy.may_decide(person, row)] if may_see_grants else [],
    }
    return render(request, "administration/overview.html", context)


@never_cache
@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Names for administrators of some region, in their own; for the three numbers alone."""
    person = signed_in(request)
    if not policy.may_enter(person):
        raise NotFound
    compares = policy.may_compare(person)
    rows = waiting.of_own_regions(person) if compares else []
    context = {
        "compares": compares,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "backlogs": [] if compares else waiting.backlogs(),
        "working_days": settings.REAL_NAME_WORKING_DAYS,
    }
    return render(request, "administration/queue.html", context)
