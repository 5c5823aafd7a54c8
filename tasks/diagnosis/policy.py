"""Who may ask for a diagnosis, and who may write one."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ActingAs
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from tasks.challenges import policy as posting
from tasks.challenges.lifecycle import EDITABLE
from tasks.challenges.models import Challenge
from tasks.diagnosis.models import Diagnosis

MOST = 2
"""Experts a draft is shown to (platforms.md 2: posting)."""


def may_ask(person: Person, challenge: Challenge) -> Verdict:
    """Whoever may edit the draft, for at most two experts."""
    verdict = posting.may_edit(person, challenge)
    if verdict and Diagnosis.objects.filter(challenge=challenge).count() >= MOST:
        return Denied(_("Two experts have been asked already."))
    return verdict


def may_read(person: Person, row: Diagnosis) -> Verdict:
    """The expert who was asked, as long as it is a draft."""
    if not isinstance(person, User) or row.expert_id != person.pk:
        return Denied(_("Only the expert who was asked can comment."))
    if row.challenge.state not in EDITABLE:
        return Denied(_("It has been handed in; comments are closed."))
    return Allowed(person.public_id, ActingAs.USER)


def may_comment(person: Person, row: Diagnosis) -> Verdict:
    """Whoever has opened it, as long as it is a draft; they may write it anew until then."""
    verdict = may_read(person, row)
    if verdict and row.read_at is None:
        return Denied(_("Please open the draft first."))
    return verdict
