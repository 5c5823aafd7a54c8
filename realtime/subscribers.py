"""The wiring: which facts reach the sockets. Where to is decided in reach.py, how in publish.py."""

from collections.abc import Sequence

from marketplace.accounts import events as people
from marketplace.administration import events as administration
from marketplace.consents import events as consents
from marketplace.identity import events as identity
from marketplace.outbox.models import Fact
from marketplace.outbox.registry import listens_to_many
from marketplace.vault.events import FILE_EVENTS
from realtime import reach
from realtime.publish import publish
from tasks.events import (
    ASSIGNMENT_EVENTS,
    CHALLENGE_EVENTS,
    PROPOSAL_EVENTS,
    QUESTION_EVENTS,
    SHEET_EVENTS,
    TEAM_EVENTS,
)


@listens_to_many(*CHALLENGE_EVENTS, name="realtime.challenges")
def tell_of_challenges(facts: Sequence[Fact]) -> None:
    """Challenges moved or were revised."""
    publish({fact: reach.of_challenge(fact) for fact in facts})


@listens_to_many(*QUESTION_EVENTS, name="realtime.questions")
def tell_of_questions(facts: Sequence[Fact]) -> None:
    """Somebody asked, or was answered."""
    publish({fact: reach.of_question(fact) for fact in facts})


@listens_to_many(*SHEET_EVENTS, name="realtime.sheets")
def tell_of_sheets(facts: Sequence[Fact]) -> None:
    """Uploaded lists were read, or are through."""
    publish({fact: reach.of_sheet(fact) for fact in facts})


@listens_to_many(*PROPOSAL_EVENTS, name="realtime.proposals")
def tell_of_proposals(facts: Sequence[Fact]) -> None:
    """Proposals moved: their authors' own business until the opening."""
    publish({fact: reach.of_proposal(fact) for fact in facts})


@listens_to_many(*TEAM_EVENTS, name="realtime.teams")
def tell_of_teams(facts: Sequence[Fact]) -> None:
    """Teams changed: their own people's business."""
    publish({fact: reach.of_team(fact) for fact in facts})


@listens_to_many(*ASSIGNMENT_EVENTS, name="realtime.assignments")
def tell_of_assignments(facts: Sequence[Fact]) -> None:
    """Something happened between panels and reviewers."""
    publish({fact: reach.of_assignment(fact) for fact in facts})


@listens_to_many(
    people.OrganisationRegistered,
    people.OrganisationVerified,
    people.OrganisationReturned,
    people.OrganisationResubmitted,
    people.OrganisationRenewed,
    people.OrganisationExpired,
    people.OrganisationSuspended,
    people.OrganisationRestored,
    name="realtime.organisations",
)
def tell_of_organisations(facts: Sequence[Fact]) -> None:
    """Organisations wait for verification, or no longer do."""
    publish({fact: reach.of_organisation(fact) for fact in facts})


@listens_to_many(*FILE_EVENTS, name="realtime.files")
def tell_of_files(facts: Sequence[Fact]) -> None:
    """Files came, were scanned, or went."""
    publish({fact: reach.of_file(fact) for fact in facts})


@listens_to_many(
    identity.RealNameAppliedFor,
    identity.RealNameVerified,
    identity.RealNameReturned,
    identity.RealNameRevoked,
    name="realtime.real_names",
)
def tell_of_real_names(facts: Sequence[Fact]) -> None:
    """Somebody said who they are, or it was decided."""
    publish({fact: reach.of_real_name(fact) for fact in facts})


@listens_to_many(
    consents.ConsentAskedFor,
    consents.ConsentGiven,
    consents.ConsentRefused,
    consents.ConsentRevoked,
    consents.ConsentWithdrawn,
    name="realtime.consents",
)
def tell_of_consents(facts: Sequence[Fact]) -> None:
    """Somebody asks their employer, or was answered."""
    publish({fact: reach.of_consent(fact) for fact in facts})


@listens_to_many(
    people.RoleGranted,
    people.RoleRevoked,
    people.MemberAdded,
    people.MemberLeft,
    people.PlaceChanged,
    people.HandedOver,
    people.MemberRemoved,
    people.PersonChanged,
    people.PersonSignedOutEverywhere,
    people.SecondFactorReset,
    administration.FactorResetDisowned,
    people.PersonNotified,
    people.NoticesRead,
    name="realtime.people",
)
def tell_the_people(facts: Sequence[Fact]) -> None:
    """What people may do, or have been told, is not what it was."""
    publish({fact: reach.of_person(fact) for fact in facts})
