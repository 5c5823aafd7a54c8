"""What people have to trust, and what not: who sees what of a proposal, and the security model."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.kernel.errors import NotFound
from tasks.adjudication import readers
from tasks.challenges import queries as challenges
from tasks.challenges.lifecycle import PUBLIC
from tasks.web.claims import CLAIMS


@require_safe
def sees(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the platform can see of proposals to this challenge: the same bytes whether there are any or not (I9).

    Nothing here may look at a proposal; `tests/tasks/test_trust.py` compares two worlds.
    """
    challenge = challenges.visible(public_id, request.user)
    if challenge.state not in PUBLIC:
        raise NotFound
    context = {"challenge": challenge, "rows": readers.rows(), "stages": readers.Stage.labels}
    return render(request, "tasks/trust/sees.html", context)


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """What is protected, by what, where it is tested; and what is not."""
    return render(request, "tasks/trust/model.html", {"claims": CLAIMS})
