"""Teams ready for what the tests ask of them."""

import re
from decimal import Decimal

from django.test import Client

from marketplace.accounts.models import Organisation, User
from tasks.challenges.models import Challenge
from tasks.proposals import services as proposing
from tasks.proposals import teaming
from tasks.proposals.models import Proposal
from tasks.teams import queries, services, shares
from tasks.teams.models import Team, TeamMember
from tests import factories


def browser(person: User) -> Client:
    """A browser in which the person has signed in."""
    client = Client()
    client.force_login(person)
    return client


def bare(page: bytes | str) -> str:
    """A page without what is another at each request."""
    text = page.decode() if isinstance(page, bytes) else page
    return re.sub(
        r'((X-CSRFToken": |csrfmiddlewaretoken" value=)"[^"]+"|data-now="[^"]+"|<time class="clock".*?</time>)',
        "",
        text,
    )


def begun(challenge: Challenge | None = None, lead: User | None = None) -> Team:
    """A team beside a complete draft of its lead."""
    challenge = challenge or factories.open_challenge()
    draft = factories.proposal_draft(challenge, lead)
    return teaming.begin_team(challenge_id=challenge.public_id, actor=draft.author)


def joining(team: Team, person: User | None = None, organisation: Organisation | None = None) -> TeamMember:
    """Somebody invited by their address, who accepts."""
    person = person or factories.person()
    invitation = services.invite(public_id=team.public_id, actor=team.lead, email=person.email)
    teaming.join_team(invitation_id=invitation.public_id, actor=person, organisation=organisation)
    return TeamMember.objects.select_related("person", "team").get(pk=invitation.pk)


def shared(team: Team, *said: tuple[int, int]) -> None:
    """The shares in the order of the members, equal ones where nothing is said."""
    members = queries.joined(team)
    each = said or [(100 // len(members),) * 2] * (len(members) - 1) + [
        (100 - 100 // len(members) * (len(members) - 1),) * 2
    ]
    lines = {one.public_id: (Decimal(w), Decimal(r)) for one, (w, r) in zip(members, each, strict=True)}
    services.set_shares(public_id=team.public_id, actor=team.lead, said=lines)


def agreed(team: Team) -> None:
    """Every member but the lead clicks."""
    for one in queries.joined(team):
        if one.person is not None and one.person != team.lead:
            digest = shares.digest(queries.joined(team))
            services.agree(public_id=team.public_id, actor=one.person, digest=digest)


def ready(challenge: Challenge | None = None, members: int = 2) -> Team:
    """A team that lacks nothing but its submission."""
    team = begun(challenge)
    for _number in range(members - 1):
        joining(team)
    shared(team)
    agreed(team)
    return team


def proposal_of(team: Team) -> Proposal:
    return Proposal.objects.select_related("author", "challenge", "team").filter(team=team).latest("pk")


def submitted(team: Team) -> Proposal:
    """Handed in by its lead."""
    return proposing.submit_proposal(public_id=proposal_of(team).public_id, actor=team.lead)
