"""The pages of one's mobile number: type it, type the code that was sent there, take it away."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.accounts import mobile, mobile_numbers, sms
from marketplace.accounts.web.proof import proved_again
from marketplace.accounts.web.viewer import signed_in
from marketplace.kernel.boundary import attempt, status_of
from marketplace.kernel.errors import NotFound, Refusal

View = Callable[..., HttpResponse]
LONGEST_TYPED = 40


class NumberForm(forms.Form):
    """Which number."""

    number = forms.CharField(
        label=gettext_lazy("Mobile number"),
        max_length=LONGEST_TYPED,
        help_text=gettext_lazy("Numbers outside China begin with + and the country's code."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def clean_number(self) -> str:
        """The number in E.164."""
        number = mobile_numbers.normalised(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(_("This is no mobile number; please look for a digit too many or too few."))
        return number


class CodeForm(forms.Form):
    """The code from the message."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Without the blanks that phones put in when it is copied."""
        return "".join(self.cleaned_data["code"].split())


def where_offered(view: View) -> View:
    """There is no such page where no text message can be sent."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not sms.offered():
            raise NotFound
        return view(request, *args, **kwargs)

    return inner


@require_http_methods(["GET", "HEAD", "POST"])
@where_offered
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """One's number; another one asks for the password again."""
    if request.method == "POST":
        answer: HttpResponse = _ask(request)
        return answer
    return _page(request, NumberForm())


@require_http_methods(["GET", "HEAD", "POST"])
@where_offered
@login_required
def code(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    asked = mobile.asked_of(person)
    if asked is None:
        messages.error(request, _("This code is over. Please ask for another one."))
        return redirect("accounts:phone")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: mobile.prove(actor=person, **form.cleaned_data)):
        messages.success(request, _("You can sign in with this number from now on."))
        return redirect("accounts:phone")
    context = {"form": form, "number": mobile_numbers.masked(asked.number)}
    return render(request, "accounts/phone_code.html", context, status=status_of(form))


@require_POST
@where_offered
@login_required
@proved_again
def remove(request: HttpRequest) -> HttpResponse:
    mobile.take_away(actor=signed_in(request))
    messages.success(request, _("The number no longer signs you in."))
    return redirect("accounts:phone")


@proved_again
def _ask(request: HttpRequest) -> HttpResponse:
    form = NumberForm(request.POST)
    message = attempt(form, lambda: _within_limits(request, form.cleaned_data["number"]))
    if message is None:
        return _page(request, form)
    try:
        sms.send(message)
    except sms.Unsent:
        messages.error(request, _("The message could not be sent. Please try again in a minute."))
        return redirect("accounts:phone")
    return redirect("accounts:phone_code")


def _within_limits(request: HttpRequest, number: str) -> sms.Text:
    """The message, where person, number and network address have not had too many (settings.ACCOUNT_RATE_LIMITS)."""
    if not ratelimit.consume(request, action="text_message", key=number):
        sentence = _("That was one message too many: one a minute, and a few a day. Please try again later.")
        raise Refusal(sentence, field="number")
    return mobile.ask(actor=signed_in(request), number=number)


def _page(request: HttpRequest, form: NumberForm) -> HttpResponse:
    known = mobile.number_of(signed_in(request))
    context = {"form": form, "known": known, "number": mobile_numbers.masked(known.number) if known else ""}
    return render(request, "accounts/phone.html", context, status=status_of(form))
