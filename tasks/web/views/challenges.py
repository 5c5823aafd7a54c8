"""Pages of a challenge: write it, look it over, hand it in, read it, follow it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel import clock
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound, Stale
from marketplace.kernel.ids import is_public_id
from marketplace.kernel.verdicts import Denied, require
from tasks.adjudication import queries as judging
from tasks.amendments import queries as amending
from tasks.cancelling import queries as cancelling
from tasks.challenges import policy, posting, queries, services
from tasks.challenges.holds import standing
from tasks.challenges.lifecycle import EDITABLE
from tasks.challenges.models import Challenge
from tasks.web.attached import attached
from tasks.web.drafting import advised, expected, unfolding
from tasks.web.forms.challenges import PostingForm, fresh_form, posting_form
from tasks.web.forms.inputs import VersionForm
from tasks.web.panel import panel_for
from tasks.web.questions import questions_of
from tasks.web.sharing import short_address
from tasks.web.sheet import sheet
from tasks.web.stages import stages
from tasks.web.trail import entries

LIGHT = {"light": True, "full": False}
"""What `?form=` asks for; otherwise it depends on the organisation."""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    frame = _frame(request)
    light = LIGHT.get(request.GET.get("form", ""))
    form = fresh_form(person, _typed(request), sponsor=_first_sponsor(frame), light=light)
    if form.is_bound:
        made = attempt(
            form,
            lambda: services.draft_challenge(actor=person, content=form.posting, sponsor=form.posts_for, **frame),
        )
        if made:
            return _saved(request, made)
    return _form_page(request, form, frame)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    challenge = _editable(request, public_id)
    typed = _typed(request)
    form = posting_form(person, challenge, typed)
    if form.is_bound:
        saved = attempt(
            form,
            lambda: services.edit_challenge(
                public_id=public_id,
                actor=person,
                content=form.posting,
                sponsor=form.posts_for,
                version=form.cleaned_data["version"],
            ),
        )
        if saved:
            return _saved(request, saved)
    frame = {"parent": challenge.parent, "batch": challenge.batch}
    return _form_page(request, form, frame, challenge=challenge, newer=_adopt(form, typed, challenge))


@require_safe
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    if _inside(request, public_id).state not in EDITABLE:
        return redirect("challenges:detail", public_id)
    return _preview_page(request, _editable(request, public_id))


@require_POST
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    person = signed_in(request)
    challenge = _inside(request, public_id)
    form = VersionForm(request.POST)
    done = attempt(
        form,
        lambda: services.submit_challenge(public_id=public_id, actor=person, **form.cleaned_data),
    )
    if done and done.state in EDITABLE:
        messages.info(request, _("Released. Another officer has to hand it in too; they have been told."))
        return redirect("challenges:preview", public_id)
    if done:
        messages.success(request, _("Handed in. The region's administrator decides next."))
        return redirect(challenge)
    return _preview_page(request, _inside(request, public_id), form=form)


@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    challenge = queries.visible(public_id, request.user)
    context = {
        **sheet(challenge, request.user),
        **attached(challenge, request.user),
        "short_address": short_address(challenge),
    }
    for part in PARTS.values():
        context |= part(request, challenge)
    return render(request, "tasks/challenges/detail.html", {**context, **_stamps(challenge, context)})


@require_POST
@login_required
def terms(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept the non-disclosure terms. A refusal is the middleware's to say: a bare button."""
    person = signed_in(request)
    challenge = queries.visible(public_id, person)
    services.accept_terms(public_id=public_id, actor=person)
    messages.success(request, _("Accepted. What lies under the non-disclosure terms is shown to you now."))
    return redirect(challenge)


@require_safe
def state(request: HttpRequest, public_id: str) -> HttpResponse:
    """The fragment that a live message makes the page fetch again; `?part=` names which."""
    name = request.GET.get("part", "state")
    if name not in PARTS:
        raise NotFound
    challenge = queries.visible(public_id, request.user)
    context = {"challenge": challenge, **PARTS[name](request, challenge)}
    return render(request, f"tasks/challenges/_{name}.html", context)


@require_POST
@login_required
def copy(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new draft with what this one says. A refusal is the middleware's to say: a bare button."""
    person = signed_in(request)
    queries.visible(public_id, person)
    made = services.copy_challenge(public_id=public_id, actor=person)
    messages.success(request, _("Copied without dates and files. Set the deadline, and look it through anew."))
    return redirect("challenges:edit", made.public_id)


def _typed(request: HttpRequest) -> QueryDict | None:
    """A copy of what was typed, so that a clash can put the newer version into it."""
    return request.POST.copy() if request.method == "POST" else None


def _frame(request: HttpRequest) -> dict[str, Any]:
    """What the new posting belongs to: a batch, a challenge it is a work package of, or nothing."""
    parent, within = (_named(request, name) for name in ("parent", "batch"))
    return {
        "parent": queries.splittable(parent, request.user) if parent else None,
        "batch": queries.batch_seen_by(within, request.user) if within else None,
    }


def _named(request: HttpRequest, name: str) -> str:
    """The id this parameter gives, "" where it is absent. Raises NotFound for what can be no id."""
    given = request.GET.get(name, "")
    if given and not is_public_id(given):
        raise NotFound
    return given


def _first_sponsor(frame: dict[str, Any]) -> Any:
    if frame["parent"]:
        return frame["parent"].sponsor
    return frame["batch"].organisation if frame["batch"] else None


def _saved(request: HttpRequest, challenge: Challenge) -> HttpResponseRedirect:
    if request.POST.get("then") == "preview":
        return redirect("challenges:preview", challenge.public_id)
    messages.success(request, _("The draft is saved."))
    return redirect("challenges:edit", challenge.public_id)


def _editable(request: HttpRequest, public_id: str) -> Challenge:
    """The posting, if the viewer is of its sponsor's side. Raises NotFound for others, Refusal in the wrong state."""
    challenge = _inside(request, public_id)
    require(policy.may_edit(request.user, challenge))
    return challenge


def _inside(request: HttpRequest, public_id: str) -> Challenge:
    challenge = queries.visible(public_id, request.user)
    if not policy.may_see_drafting(request.user, challenge):
        raise NotFound
    return challenge


def _adopt(form: PostingForm, typed: QueryDict | None, challenge: Challenge) -> Challenge | None:
    """After a clash: the version now saved, put into the form, so that saving again replaces it knowingly."""
    if typed is None or status_of(form) != Stale.status:
        return None
    challenge.refresh_from_db(fields=["version", "state"])
    typed["version"] = str(challenge.version)
    return challenge


def _form_page(request: HttpRequest, form: PostingForm, frame: dict[str, Any], **more: Any) -> HttpResponse:
    challenge = more.get("challenge")
    context = {"form": form, **unfolding(form), "advice": advised(challenge) if challenge else {}, **frame, **more}
    return render(request, "tasks/challenges/form.html", context, status=status_of(form))


def _preview_page(request: HttpRequest, challenge: Challenge, form: VersionForm | None = None) -> HttpResponse:
    verdict = policy.may_submit(request.user, challenge)
    context = {
        **sheet(challenge, request.user),
        "problems": list(posting.problems(queries.posting_of(challenge), now=clock.now())),
        "denial": verdict.reason if isinstance(verdict, Denied) else "",
        "by_two": challenge.sponsor is not None and challenge.sponsor.released_by_two,
        "releases": queries.releases_of(challenge),
        **attached(challenge, request.user),
        "advice": advised(challenge),
        "expected": expected(challenge),
        "form": form or VersionForm(initial={"version": challenge.version}),
    }
    return render(request, "tasks/challenges/preview.html", context, status=status_of(context["form"]))


def _stamps(challenge: Challenge, context: dict[str, Any]) -> dict[str, str]:
    """What the kept parts of the page are named by: the state of things and for whom; the minute, where time shows."""
    return {
        "stamp": f"{queries.stamp(challenge)}.{context['insider']}.{context['sponsor_known']}",
        "minute": clock.now().strftime("%Y%m%d%H%M"),
    }


def _standing(request: HttpRequest, challenge: Challenge) -> dict[str, Any]:
    return {
        "stages": stages(challenge),
        "awards": SimpleLazyObject(lambda: judging.awards_of(challenge)),
        "hold": SimpleLazyObject(lambda: standing(challenge)),
        "cancellation": SimpleLazyObject(lambda: cancelling.granted_for(challenge)),
    }


def _offers(request: HttpRequest, challenge: Challenge) -> dict[str, Any]:
    insider = bool(policy.may_see_drafting(request.user, challenge))
    return {"panel": panel_for(request.user, challenge), "insider": insider}


def _history(request: HttpRequest, challenge: Challenge) -> dict[str, Any]:
    insider = bool(policy.may_see_drafting(request.user, challenge))
    return {"trail": SimpleLazyObject(lambda: entries(queries.trail_of(challenge, insider=insider)))}


def _amendments(request: HttpRequest, challenge: Challenge) -> dict[str, Any]:
    return {"amendments": SimpleLazyObject(lambda: amending.published_for(challenge))}


def _terms(request: HttpRequest, challenge: Challenge) -> dict[str, Any]:
    return {"challenge": challenge}


def _questions(request: HttpRequest, challenge: Challenge) -> dict[str, Any]:
    return questions_of(request.user, challenge)


PARTS = {
    "state": _standing,
    "terms": _terms,
    "actions": _offers,
    "amendments": _amendments,
    "questions": _questions,
    "trail": _history,
}
"""The fragments of a challenge's page that change while it is looked at, each with what it shows."""
