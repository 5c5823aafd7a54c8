"""Looking at pages as somebody, and a few ways to bring a challenge where a page needs it."""

import re
from typing import Any

from django.test import Client

from marketplace.accounts.models import Organisation, User
from marketplace.accounts.roles import Role
from tasks.adjudication import services as judging
from tasks.adjudication.models import Assignment, ReviewPanel
from tasks.challenges import services as posting
from tasks.challenges.models import Challenge
from tests import clock, factories

CHANGING = re.compile(
    r'value="[A-Za-z0-9]{64}"|csrfToken[^"]*|"X-CSRFToken": "[A-Za-z0-9]+"'
    r'|<time class="clock"[^>]*>[^<]*</time>|data-now="[^"]+"'
)


def seen_by(client: Client, person: User | None) -> Client:
    """The client, signed in as this person or as nobody."""
    client.logout()
    if person is not None:
        client.force_login(person)
    return client


def get(client: Client, address: str, person: User | None) -> Any:
    """The page as this person sees it."""
    return seen_by(client, person).get(address)


def body(answer: Any) -> str:
    """What the page says, without what differs at every request."""
    return CHANGING.sub("", answer.content.decode())


def past_notice(challenge: Challenge) -> Challenge:
    """The award made final."""
    clock.shift(days=20)
    return judging.finish_notice(public_id=challenge.public_id)


def published(owner: User, sponsor: Organisation, **within: Any) -> Challenge:
    """An open challenge of this sponsor, in this batch or below this parent."""
    content = factories.posting_content()
    made = posting.draft_challenge(actor=owner, content=content, sponsor=sponsor, **within)
    posting.submit_challenge(public_id=made.public_id, actor=owner)
    factories.opening_officers()
    return posting.approve_challenge(
        public_id=made.public_id,
        actor=factories.officer_with(Role.REGION_ADMIN),
        adjudicator=factories.officer_with(Role.ADJUDICATOR),
        supervisor=factories.officer_with(Role.SUPERVISOR),
    )


def judged_by(adjudicator: User) -> Challenge:
    """An open challenge that this person adjudicates."""
    made = factories.submitted()
    return posting.approve_challenge(
        public_id=made.public_id,
        actor=factories.officer_with(Role.REGION_ADMIN),
        adjudicator=adjudicator,
        supervisor=factories.officer_with(Role.SUPERVISOR),
    )


def waiting_for(adjudicator: User) -> Challenge:
    """A closed challenge whose opening this person has to confirm."""
    challenge = judged_by(adjudicator)
    Challenge.objects.filter(pk=challenge.pk).update(state="SEALED")
    return challenge


def invited(reviewer: User) -> Challenge:
    """An open challenge to whose panel this person is invited."""
    challenge = factories.open_challenge()
    panel = ReviewPanel.objects.create(
        challenge=challenge, size=3, pool=[], pool_digest="", seed="", order=[reviewer.public_id]
    )
    Assignment.objects.create(panel=panel, reviewer=reviewer)
    Challenge.objects.filter(pk=challenge.pk).update(state="SEALED")
    return challenge
