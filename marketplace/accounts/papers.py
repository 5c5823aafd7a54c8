"""What an organisation proves itself with (S1, H29): the door of its papers, and whether the needed one is there."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts import policy, queries
from marketplace.accounts.lifecycle import OrganisationState
from marketplace.accounts.models import Organisation
from marketplace.accounts.queries import Person
from marketplace.accounts.roles import Role
from marketplace.kernel.lifecycle import revise
from marketplace.kernel.verdicts import Denied, Verdict
from marketplace.vault import queries as files
from marketplace.vault.doors import Door, Rights
from marketplace.vault.kinds import PAPERS
from marketplace.vault.lifecycle import FileState

CODE = "organisation"
OPEN = (OrganisationState.PENDING, OrganisationState.RETURNED)
"""States in which nothing has been decided on the papers yet."""
EXAMINED = (FileState.CLEAN, FileState.UNSCANNED)
"""UNSCANNED where this installation has no scanner at all."""


class Paper(models.TextChoices):
    """S1: the letter is needed; S2 and S4 rest on the others where nothing else proves them."""

    AUTHORISING_LETTER = "AUTHORISING_LETTER", _("authorising letter with the organisation's seal")
    REGISTER_EXTRACT = "REGISTER_EXTRACT", _("licence or extract from the register")
    CLASS_EVIDENCE = "CLASS_EVIDENCE", _("evidence of the class as a sponsor")


def has_letter(organisation: Organisation) -> bool:
    """Whether the person who registered it has shown that they act for it."""
    letters = files.kept_for(CODE, organisation.public_id, Paper.AUTHORISING_LETTER)
    return letters.filter(state__in=EXAMINED).exists()


def may_see(person: Person, organisation: Organisation) -> Verdict:
    """Its officers, and the administrators of its region who verify it."""
    own = policy.as_officer(person, organisation)
    denial = _("Only the organisation's officers and its region can see its papers.")
    return own or policy.as_role(person, Role.REGION_ADMIN, organisation.region, denial)


def _rights(person: Person, holder: str) -> Rights:
    """Officers bring; they take away until it is verified, for a decision rests on the papers then."""
    seen = queries.organisation_seen_by(holder, person)
    own = policy.as_officer(person, seen)
    settled = seen.state not in OPEN
    return Rights(
        read=may_see(person, seen),
        bring=own,
        take_away=Denied(_("The verification rests on this paper.")) if settled else own,
    )


def _hold(holder: str) -> None:
    row = Organisation.objects.select_for_update().filter(public_id=holder).first()
    if row is not None and row.state == OrganisationState.PENDING:
        revise(row)


def _page(holder: str) -> str:
    return reverse("accounts:organisation", args=[holder])


DOOR = Door(
    code=CODE,
    title=_("Papers of the organisation"),
    purposes=dict(Paper.choices),
    kinds=PAPERS,
    largest=20 * 1024 * 1024,
    most=5,
    rights=_rights,
    hold=_hold,
    stream=lambda holder: f"organisation:{holder}",
    page=_page,
)
