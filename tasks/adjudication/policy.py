"""Who may do what in the judging of a challenge, and why not."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.policy import TAKES_NO_PART
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ActingAs, Role
from marketplace.identity import queries as identity
from marketplace.kernel import clock
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from marketplace.sealing import policy as sealing
from tasks.adjudication import openingrecord, queries
from tasks.adjudication.leaving import UNDECIDED, ground_for
from tasks.adjudication.lifecycle import SEATED, AssignmentState
from tasks.adjudication.models import Assignment
from tasks.challenges.lifecycle import UNDER_WAY, State
from tasks.challenges.models import Challenge
from tasks.proposals import queries as proposals
from tasks.proposals.models import Proposal


def may_see_case(person: Person, challenge: Challenge) -> Verdict:
    """The adjudicator and the supervisor named at approval (L04), unless they administer the platform now (I18)."""
    if isinstance(person, User) and person.pk in {challenge.adjudicator_id, challenge.supervisor_id}:
        if people.administers(person):
            return Denied(TAKES_NO_PART)
        adjudicates = person.pk == challenge.adjudicator_id
        return Allowed(person.public_id, Role.ADJUDICATOR if adjudicates else Role.SUPERVISOR)
    return Denied(_("Only the adjudicator and the supervisor of this challenge can see its case."))


def may_confirm_opening(person: Person, challenge: Challenge) -> Verdict:
    """L12: the supervisor, and officers who hold a part of the key, each once, after the call has closed."""
    verdict = _opens(person, challenge)
    if verdict and (challenge.state != State.SEALED or challenge.proposals_opened_at is not None):
        return Denied(_("Proposals are opened once, after the deadline."))
    until = openingrecord.lapses_at(challenge)
    if verdict and until is not None and clock.now() >= until:
        return Denied(_("It was not opened in time: the call ends without an award, and no proposal is ever opened."))
    return verdict


def may_see_opening(person: Person, challenge: Challenge) -> Verdict:
    """Who opens, and the adjudicator: how far the opening has come."""
    return _opens(person, challenge) or may_see_case(person, challenge)


def may_form_panel(person: Person, challenge: Challenge) -> Verdict:
    """L11: the adjudicator, between deadline and review."""
    verdict = _as_adjudicator(person, challenge)
    if verdict and challenge.state != State.SEALED:
        return Denied(_("The panel is drawn after the deadline and before the review."))
    return _unless_party(verdict, challenge)


def may_check(person: Person, challenge: Challenge) -> Verdict:
    """L12: the adjudicator, once proposals are opened and until the review begins."""
    verdict = may_form_panel(person, challenge)
    if verdict and challenge.proposals_opened_at is None:
        return Denied(_("The proposals have not been opened yet."))
    return verdict


def once_verified(proposal: Proposal, allowed: Allowed) -> Verdict:
    """L12, H29: whoever may check may admit it once every author's real name has been compared with their document."""
    if not identity.is_verified(proposal.author):
        return Denied(_("Its author's real name is not verified yet; an administrator of their region compares it."))
    for one in proposals.authors_of(proposal):
        if one != proposal.author and not identity.is_verified(one):
            said = _("The real name of %(name)s, of its team, is not verified yet; their region's office compares it.")
            return Denied(said % {"name": one})
    return allowed


def may_adjudicate(person: Person, challenge: Challenge) -> Verdict:
    """L14, L15: the adjudicator, while the challenge is under review and no scores count of somebody bound (4.5)."""
    verdict = _as_adjudicator(person, challenge)
    if verdict and challenge.state != State.REVIEWING:
        return Denied(_("Only a challenge under review can be decided."))
    verdict = _unless_party(verdict, challenge)
    if verdict and queries.counts_bound_reviewer(challenge):
        return Denied(_("The records show a conflict of interest of a reviewer whose scores count; pass that seat on."))
    return verdict


def may_draw_further(person: Person, challenge: Challenge) -> Verdict:
    """L11, L13: the adjudicator, while a panel is needed: from the deadline until the decision."""
    verdict = _as_adjudicator(person, challenge)
    if verdict and challenge.state not in UNDECIDED:
        return Denied(_("A panel is completed only between the deadline and the decision."))
    return _unless_party(verdict, challenge)


def may_answer(person: Person, assignment: Assignment) -> Verdict:
    """L11, L13: the invited reviewer, until the decision; substitutes are invited while the review runs too."""
    verdict = _as_reviewer(person, assignment)
    if verdict and assignment.panel.challenge.state not in UNDECIDED:
        return Denied(_("This invitation is no longer open."))
    return verdict


def may_recuse(person: Person, assignment: Assignment) -> Verdict:
    """L13: a reviewer who accepted, because of a conflict that came up later, until the review is decided."""
    verdict = _as_reviewer(person, assignment)
    if verdict and assignment.panel.challenge.state not in UNDECIDED:
        return Denied(_("The review has been decided, so this seat can no longer be given up."))
    if verdict and assignment.state != AssignmentState.ACCEPTED:
        return Denied(_("Only a seat that was taken can be given up."))
    return verdict


def may_release(person: Person, assignment: Assignment) -> Verdict:
    """L13, 4.5: the adjudicator, where the records show a conflict or the reviewer's time is over (`leaving`)."""
    challenge = assignment.panel.challenge
    verdict = _as_adjudicator(person, challenge)
    if verdict and ground_for(assignment, clock.now()) is None:
        return Denied(
            _("This seat is its reviewer's: no conflict in the records, and still time or enough reviews locked.")
        )
    return _unless_party(verdict, challenge)


def may_review(person: Person, assignment: Assignment, proposal: Proposal) -> Verdict:
    """L13: a reviewer who accepted, for an admitted proposal of the same challenge, while it is under review.

    A conflict found at any time takes the right away at once (I14).
    """
    verdict = _as_reviewer(person, assignment)
    challenge = assignment.panel.challenge
    if not verdict or not isinstance(person, User):
        return verdict
    if assignment.state != AssignmentState.ACCEPTED or challenge.state != State.REVIEWING:
        return Denied(_("The review is not running."))
    if proposal.challenge_id != challenge.pk or queries.conflicts(person, challenge):
        return Denied(_("You may not review this proposal."))
    return verdict


def cases_bind(person: User) -> Iterator[Promise]:
    """Why an account cannot be erased yet (I29): a case in which they decide, supervise or judge is not over."""
    running = Challenge.objects.filter(state__in=UNDER_WAY)
    if running.filter(Q(adjudicator=person) | Q(supervisor=person)).exists():
        yield _("You are the adjudicator or the supervisor of a challenge that is not over yet.")
    if running.filter(panel__assignments__in=person.assignments.filter(state__in=SEATED)).exists():
        yield _("You have a seat on a panel whose challenge is not over yet. Give it up, or wait.")


def _opens(person: Person, challenge: Challenge) -> Verdict:
    """The supervisor stays one if they hold a part of the key too: nobody confirms twice."""
    if isinstance(person, User) and person.pk == challenge.supervisor_id:
        return may_see_case(person, challenge)
    return sealing.may_hand_over(person, challenge.public_id, challenge.region)


def _as_reviewer(person: Person, assignment: Assignment) -> Verdict:
    if isinstance(person, User) and assignment.reviewer_id == person.pk:
        return Allowed(person.public_id, ActingAs.REVIEWER)
    return Denied(_("This invitation is not yours."))


def _as_adjudicator(person: Person, challenge: Challenge) -> Verdict:
    if isinstance(person, User) and person.pk == challenge.adjudicator_id and not people.administers(person):
        return Allowed(person.public_id, Role.ADJUDICATOR)
    return Denied(_("Only the adjudicator of this challenge can do this."))


def _unless_party(verdict: Verdict, challenge: Challenge) -> Verdict:
    """L15, 4.5: the adjudicator is held to the reviewers' test, from the first verb to the last. Asked last of all."""
    if verdict and challenge.adjudicator_id in queries.parties_to(challenge):
        return Denied(_("You belong to the sponsor or to one of the solvers, so somebody else must decide."))
    return verdict
