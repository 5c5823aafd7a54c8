"""Who may write and publish a profile, and why not."""

from django.utils.translation import gettext_lazy as _

from marketplace.accounts import queries as people
from marketplace.accounts.models import User
from marketplace.accounts.policy import as_party, signed_in
from marketplace.accounts.queries import Person
from marketplace.kernel.verdicts import Denied, Verdict
from marketplace.profiles.models import Profile

MOST_REFERENCES = 300


def may_edit(person: Person) -> Verdict:
    """Everybody their own."""
    return signed_in(person)


def may_publish(person: Person, profile: Profile | None) -> Verdict:
    """Whoever has a confirmed e-mail address, once there is something to find: a line and what they can do."""
    verdict = as_party(person)
    if not verdict or not isinstance(person, User):
        return verdict
    if not people.has_verified_mail(person):
        return Denied(_("Please confirm your e-mail address first."))
    if profile is None or not (profile.headline and profile.expertise):
        return Denied(_("Before it can be published, it needs the line about you and your expertise."))
    return verdict


def may_add(person: Person, *, standing: int, added: int) -> Verdict:
    """As long as a profile has not too many references: it is read by people."""
    verdict = signed_in(person)
    if verdict and standing + added > MOST_REFERENCES:
        return Denied(
            _("A profile has %(most)d references at most; you have %(now)d.")
            % {"most": MOST_REFERENCES, "now": standing}
        )
    return verdict
