"""Who may take lists of challenges over, for whom, and who sees what came of them."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import Organisation, User
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import ActingAs
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from tasks.challenges.policy import may_post_for
from tasks.sheets import queries
from tasks.sheets.lifecycle import SheetState
from tasks.sheets.models import Sheet

MOST_ON_HAND = 5
"""Sheets that one person may have waiting or at work: each keeps its file until it is read."""


def may_import(person: Person, organisation: Organisation | None) -> Verdict:
    """L01, N17c: an officer drafts for the organisation, verified or not; handing in asks for more (L02)."""
    if not isinstance(person, User):
        return Denied(_("Please sign in first."))
    if organisation is None or not people.officer_of(person, organisation):
        return Denied(_("You can only post for an organisation you act for."))
    if queries.on_hand(person) >= MOST_ON_HAND:
        return Denied(_("Five of your lists are still waiting or being processed; please let them finish first."))
    return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)


def may_publish_batch(person: Person, organisation: Organisation | None) -> Verdict:
    """N17c: a batch is public with its first challenge, so only a verified organisation begins one."""
    return may_post_for(person, organisation)


def may_see_sheet(person: Person, sheet: Sheet) -> Verdict:
    """Whoever acts for its organisation now: it holds postings nobody else may see yet."""
    if isinstance(person, User) and people.officer_of(person, sheet.organisation):
        return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)
    return Denied(_("There is nothing here, or you may not see it."))


def may_decide_on(person: Person, sheet: Sheet) -> Verdict:
    """Going on with a file uploaded before, or discarding it: its uploader, while it waits for that."""
    if not may_see_sheet(person, sheet) or not isinstance(person, User) or sheet.uploader_id != person.pk:
        return Denied(_("Only the person who uploaded the list can decide this."))
    if sheet.state != SheetState.HELD:
        return Denied(_("This list does not wait for a decision any more."))
    return Allowed(person.public_id, ActingAs.SPONSOR_OFFICER)
