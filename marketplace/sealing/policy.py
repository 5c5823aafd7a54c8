"""Who may do what with opening keys, and why not."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.policy import as_party
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import Role
from marketplace.kernel.verdicts import Allowed, Denied, Verdict
from marketplace.registry.models import Region
from marketplace.sealing import queries


def may_enrol(person: Person) -> Verdict:
    """Opening officers, of whatever region."""
    allowed = as_party(person)
    if not isinstance(person, User) or not allowed:
        return allowed
    if any(grant.role == Role.OPENING_OFFICER for grant in people.grants_of(person)):
        return Allowed(person.public_id, Role.OPENING_OFFICER)
    return Denied(_("Only opening officers can do this."))


def may_hand_over(person: Person, matter: str, region: Region | None) -> Verdict:
    """An officer of the region who holds a part of the matter's key, for as long as they hold the office."""
    allowed = as_party(person)
    if not isinstance(person, User) or not allowed:
        return allowed
    if not people.holds(person, Role.OPENING_OFFICER, region=region) or not queries.halves_of(person, matter).exists():
        return Denied(_("Only opening officers who hold a part of this challenge's key can do this."))
    return Allowed(person.public_id, Role.OPENING_OFFICER)


def keys_bind(person: User) -> Iterator[Promise]:
    """Why an account cannot be erased yet (I29): proposals are sealed to a key of which they hold a part."""
    if queries.matters_held_by(person):
        yield _("You hold a part of a key with which proposals are to be opened. Wait until they are.")
