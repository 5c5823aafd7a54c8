"""Public notices (公示): the board and one notice, for everybody."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.accounts.models import Organisation, User
from tasks.adjudication import queries
from tasks.adjudication.models import ChallengeAward, PublicNotice

PER_PAGE = 20


@dataclass(frozen=True)
class Announcement:
    """A notice with the award it announces."""

    notice: PublicNotice
    award: ChallengeAward

    @property
    def winner(self) -> Organisation | User:
        """In whose name the proposal was made."""
        return self.award.proposal.organisation or self.award.proposal.author

    @property
    def others(self) -> list[Organisation | User]:
        """The other members of the consortium in whose name it was sealed."""
        team, lead = self.award.proposal.team, self.award.proposal.author
        partners = team.partners.all() if team else []
        return [one.organisation or one.person for one in partners if one.person_id != lead.pk]


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    return render(request, "tasks/adjudication/notices.html", _board(request))


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return render(request, "tasks/adjudication/_notices.html", _board(request))


@require_safe
def notice(request: HttpRequest, public_id: str) -> HttpResponse:
    found = queries.notice(public_id, request.user)
    decision = found.challenge.adjudication
    context = {
        **_one(found),
        "decision": decision,
        "ranking": decision.ranking.select_related("proposal"),
    }
    return render(request, "tasks/adjudication/notice.html", context)


@require_safe
def notice_live(request: HttpRequest, public_id: str) -> HttpResponse:
    return render(request, "tasks/adjudication/_notice_state.html", _one(queries.notice(public_id, request.user)))


def _one(found: PublicNotice) -> dict[str, object]:
    return {"announcement": _announced(found), "notice": found, "challenge": found.challenge}


def _board(request: HttpRequest) -> dict[str, object]:
    page: Page[PublicNotice] = Paginator(queries.notices(), PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "announcements": [_announced(one) for one in page]}


def _announced(found: PublicNotice) -> Announcement:
    return Announcement(found, found.challenge.awards.all()[0])
