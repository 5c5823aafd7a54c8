"""A lost second factor, as its person sees it: known by the password alone, or in a session that has shown one."""

from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.accounts import second_factor
from marketplace.accounts.models import User
from marketplace.accounts.web.viewer import signed_in
from marketplace.administration import policy, queries, resetting
from marketplace.administration.web.forms import LostForm
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """What to do, and the form; for whoever has typed the right password and no more."""
    person = _known_by_password(request)
    if person is None:
        return redirect("account_login")
    form = LostForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: resetting.ask(actor=person, reason=form.cleaned_data["reason"])):
        messages.success(request, _("You have asked. A letter went to each of your e-mail addresses."))
        return redirect("lost:ask")
    row = queries.last_reset_of(person)
    context = {
        "form": form,
        "row": row,
        "may_ask": policy.may_ask_for_reset(person),
        "may_say": bool(row and policy.may_say_of_reset(person, row)) and _has_shown(request),
        "alone": queries.is_last_of_office(person),
        "addresses": len(queries.confirmed_addresses(person)),
    }
    return render(request, "administration/lost.html", context, status=status_of(form))


@never_cache
@require_POST
@login_required
def disown(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    _own(person, public_id)
    resetting.disown(public_id=public_id, actor=person)
    return _to_another_password(request)


@never_cache
@require_POST
@login_required
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    _own(person, public_id)
    resetting.withdraw(public_id=public_id, actor=person)
    messages.success(request, _("Withdrawn."))
    return redirect("lost:ask")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Where the letter leads; looking at it does nothing, for mail programs follow links by themselves."""
    row = resetting.named_by(token)
    if request.method == "POST":
        resetting.disown(public_id=row.public_id, actor=row.user)
        return _to_another_password(request)
    return render(
        request, "administration/not_me.html", {"row": row, "may_say": policy.may_say_of_reset(row.user, row)}
    )


def _known_by_password(request: HttpRequest) -> User | None:
    """Whose session it is; or who has typed the password and is asked for the second step."""
    if isinstance(request.user, User):
        return request.user
    stage = get_pending_stage(request)
    if stage is None or stage.key != AuthenticateStage.key:
        return None
    person = stage.login.user
    return person if isinstance(person, User) and person.is_active else None


def _has_shown(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and second_factor.has_shown(request.session, request.user)


def _own(person: User, public_id: str) -> None:
    """Raises NotFound: of somebody else's request nobody learns that there is one."""
    if queries.reset(public_id).user_id != person.pk:
        raise NotFound


def _to_another_password(request: HttpRequest) -> HttpResponse:
    messages.success(
        request,
        _("Nothing was reset. You are signed out everywhere and your password is void: please choose another one."),
    )
    return redirect("account_reset_password")
