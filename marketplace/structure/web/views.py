"""The page of how an organisation is made up, for its own people, and its buttons."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound
from marketplace.structure import claiming, policy, queries, services
from marketplace.structure.web.forms import CodeForm, DepartmentForm, DomainForm, ParentForm

PER_PAGE = 25
"""Of its people; departments are no more than `policy.MOST_DEPARTMENTS`."""


@require_safe
@login_required
def structure(request: HttpRequest, public_id: str) -> HttpResponse:
    """Raises NotFound for everybody but its own people."""
    return _page(request, _own(request, public_id))


@require_POST
@login_required
def open_department(request: HttpRequest, public_id: str) -> HttpResponse:
    form = DepartmentForm(request.POST)
    return _sent(request, public_id, "department_form", form, services.open_department, _("The department is there."))


@require_POST
@login_required
def rename_department(request: HttpRequest, public_id: str, department: str) -> HttpResponse:
    form = DepartmentForm(request.POST)
    sentence = _("The department is called otherwise now.")
    return _sent(
        request, public_id, "department_form", form, services.rename_department, sentence, public_id=department
    )


@require_POST
@login_required
def close_department(request: HttpRequest, public_id: str, department: str) -> HttpResponse:
    return _done(request, public_id, services.close_department, _("The department is closed."), public_id=department)


@require_POST
@login_required
def place_member(request: HttpRequest, public_id: str, member: str) -> HttpResponse:
    chosen = request.POST.get("department", "")
    sentence = _("The department is noted.")
    _done(request, public_id, services.place_member, sentence, member_id=member, department_id=chosen)
    onward = urlencode({"page": request.POST.get("page", "1")})
    return redirect(f"{reverse('structure:structure', args=[public_id])}?{onward}#seats")


@require_POST
@login_required
def propose_parent(request: HttpRequest, public_id: str) -> HttpResponse:
    form = ParentForm(request.POST)
    return _sent(request, public_id, "parent_form", form, services.propose_parent, _("Its owner is asked to confirm."))


@require_POST
@login_required
def confirm(request: HttpRequest, public_id: str, affiliation: str) -> HttpResponse:
    return _done(request, public_id, services.confirm_affiliation, _("Confirmed."), public_id=affiliation)


@require_POST
@login_required
def decline(request: HttpRequest, public_id: str, affiliation: str) -> HttpResponse:
    return _done(request, public_id, services.decline_affiliation, _("Declined."), public_id=affiliation)


@require_POST
@login_required
def end(request: HttpRequest, public_id: str, affiliation: str) -> HttpResponse:
    return _done(request, public_id, services.end_affiliation, _("Ended."), public_id=affiliation)


@require_POST
@login_required
def claim_domain(request: HttpRequest, public_id: str) -> HttpResponse:
    form = DomainForm(request.POST)
    return _sent(request, public_id, "domain_form", form, claiming.claim_domain, _("The letter is on its way."))


@require_POST
@login_required
def prove_domain(request: HttpRequest, public_id: str, domain: str) -> HttpResponse:
    form = CodeForm(request.POST)
    sentence = _("Proved. Whoever confirms an address there can join.")
    return _sent(request, public_id, "code_form", form, claiming.prove_domain, sentence, public_id=domain)


@require_POST
@login_required
def give_domain_up(request: HttpRequest, public_id: str, domain: str) -> HttpResponse:
    return _done(request, public_id, claiming.give_domain_up, _("The domain is given up."), public_id=domain)


@require_POST
@login_required
def join(request: HttpRequest, public_id: str) -> HttpResponse:
    seen = people.organisation_seen_by(public_id, request.user)
    claiming.join(organisation_id=seen.public_id, actor=signed_in(request))
    messages.success(request, _("You belong to it now."))
    return redirect("accounts:organisation", public_id)


def _own(request: HttpRequest, public_id: str) -> Organisation:
    seen = people.organisation_seen_by(public_id, request.user)
    if not policy.may_see(request.user, seen):
        raise NotFound
    return seen


def _done(request: HttpRequest, house: str, verb: Callable[..., Any], sentence: str, **about: str) -> HttpResponse:
    """A button: what it refuses is said on a page of its own."""
    _own(request, house)
    verb(organisation_id=house, actor=signed_in(request), **about)
    messages.success(request, sentence)
    return redirect("structure:structure", house)


def _sent(
    request: HttpRequest, house: str, name: str, form: Form, verb: Callable[..., Any], sentence: str, **about: str
) -> HttpResponse:
    """A form: one that failed stands in its place with what was typed."""
    seen, actor = _own(request, house), signed_in(request)
    if attempt(form, lambda: verb(organisation_id=house, actor=actor, **about, **form.cleaned_data)):
        messages.success(request, sentence)
        return redirect("structure:structure", house)
    return _page(request, seen, of=about.get("public_id", ""), **{name: form})


def _page(request: HttpRequest, seen: Organisation, *, of: str = "", **forms: Form) -> HttpResponse:
    person, failed = request.user, next(iter(forms.values()), None)
    sits = {one.user_id: one.department for one in queries.placements_of(seen)}
    page = Paginator(people.members_of(seen), PER_PAGE).get_page(request.GET.get("page"))
    members = [(member, sits.get(member.user_id)) for member in page]
    context = {
        "organisation": seen,
        "departments": queries.departments_of(seen),
        "members": members,
        "page": page,
        "affiliations": queries.affiliations_of(seen),
        "domains": queries.domains_of(seen),
        "may_arrange": bool(policy.may_arrange(person, seen)),
        "may_bind": bool(policy.may_bind(person, seen)),
        "failed": failed,
        "failed_of": of,
        "department_form": DepartmentForm(),
        "parent_form": ParentForm(),
        "domain_form": DomainForm(),
        "code_form": CodeForm(),
        **forms,
    }
    return render(request, "structure/structure.html", context, status=status_of(failed) if failed else 200)
