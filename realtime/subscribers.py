"""The wiring: which facts reach the sockets. Where to is decided in reach.py, how in publish.py."""

from marketplace.accounts import events as people
from marketplace.outbox.models import Fact
from marketplace.outbox.registry import listens_to
from realtime import reach
from realtime.publish import publish
from tasks.events import ASSIGNMENT_EVENTS, CHALLENGE_EVENTS, PROPOSAL_EVENTS


@listens_to(*CHALLENGE_EVENTS)
def tell_of_challenge(fact: Fact) -> None:
    """A challenge moved or was revised."""
    publish(fact, reach.of_challenge(fact))


@listens_to(*PROPOSAL_EVENTS)
def tell_of_proposal(fact: Fact) -> None:
    """A proposal moved: its author's own business until the opening."""
    publish(fact, reach.of_proposal(fact))


@listens_to(*ASSIGNMENT_EVENTS)
def tell_of_assignment(fact: Fact) -> None:
    """Something happened between a panel and one reviewer."""
    publish(fact, reach.of_assignment(fact))


@listens_to(
    people.OrganisationRegistered,
    people.OrganisationVerified,
    people.OrganisationReturned,
    people.OrganisationResubmitted,
)
def tell_of_organisation(fact: Fact) -> None:
    """An organisation waits for verification, or no longer does."""
    publish(fact, reach.of_organisation(fact))


@listens_to(
    people.RoleGranted,
    people.RoleRevoked,
    people.MemberAdded,
    people.PersonChanged,
    people.PersonNotified,
    people.NoticesRead,
)
def tell_the_person(fact: Fact) -> None:
    """What one person may do, or has been told, is not what it was."""
    publish(fact, reach.of_person(fact))
