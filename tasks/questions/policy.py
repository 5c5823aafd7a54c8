"""Who may ask, who may answer, and why not."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.policy import as_party
from marketplace.accounts.queries import Person
from marketplace.kernel import clock
from marketplace.kernel.moments import spoken_moment
from marketplace.kernel.verdicts import Denied, Verdict
from tasks.challenges import policy as challenges
from tasks.challenges.models import Challenge
from tasks.questions import queries, rules
from tasks.questions.lifecycle import QuestionState
from tasks.questions.models import Question


def may_ask(person: Person, challenge: Challenge) -> Verdict:
    """Anyone signed in who is neither of the sponsor nor judges it, until 48 hours before the deadline."""
    verdict = challenges.while_open(as_party(person), challenge)
    if not verdict or not isinstance(person, User) or challenge.deadline is None:
        return verdict
    if people.belongs_to(person, challenge.sponsor_id):
        return Denied(_("You belong to the sponsor; publish an amendment to make something clear."))
    if person.pk in {challenge.adjudicator_id, challenge.supervisor_id}:
        return Denied(_("You judge this challenge and cannot ask about it in public."))
    closes = rules.until(challenge.deadline)
    if clock.now() >= closes:
        said = _("Questions were taken until %(moment)s. If the deadline moves, they are taken again.")
        return Denied(said % {"moment": spoken_moment(closes, get_language() or "")})
    return _while_few(person, challenge, verdict)


def may_answer(person: Person, question: Question) -> Verdict:
    """The sponsor's officers, while the call is open; once. An answer stays as it was given."""
    verdict = challenges.while_open(challenges.as_its_sponsor(person, question.challenge), question.challenge)
    if verdict and question.state != QuestionState.WAITING:
        return Denied(_("It is answered already, and an answer is not changed. Publish an amendment instead."))
    return verdict


def _while_few(person: User, challenge: Challenge, verdict: Verdict) -> Verdict:
    if queries.waiting_of(person, challenge) >= rules.MOST_WAITING:
        return Denied(_("Ten questions of yours await an answer. Ask again when one of them is answered."))
    return verdict
