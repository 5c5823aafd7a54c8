"""The letter of an employer that has no account: handed in by the person, read by the region's administrators."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.queries import Person
from marketplace.consents import policy, queries
from marketplace.consents.lifecycle import ConsentState
from marketplace.consents.models import EmployerConsent
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import revise
from marketplace.kernel.verdicts import Allowed, Denied
from marketplace.vault import queries as files
from marketplace.vault.doors import Door, Rights
from marketplace.vault.kinds import PAPERS
from marketplace.vault.lifecycle import FileState

CODE = "consent"
EXAMINED = (FileState.CLEAN, FileState.UNSCANNED)
"""UNSCANNED where this installation has no scanner at all."""


class Letter(models.TextChoices):
    """What answers for the employer."""

    CONSENT = "CONSENT", _("letter with the employer's seal")


def has_letter(row: EmployerConsent) -> bool:
    """Whether a letter was handed in that can be read."""
    return files.kept_for(CODE, row.public_id, Letter.CONSENT).filter(state__in=EXAMINED).exists()


def _rights(person: Person, holder: str) -> Rights:
    """The person's own, changed until it is answered; read by whoever answers. Raises NotFound for all others."""
    row = queries.seen_by(holder, person)
    if not row.by_letter:
        raise NotFound
    refused = Denied(_("Only whoever asked can do this, until it is answered."))
    if row.person == person:
        own = Allowed(row.person.public_id, "USER")
        change = own if row.state == ConsentState.ASKED else refused
        return Rights(read=own, bring=change, take_away=change)
    return Rights(read=policy.may_read_letter(person, row), bring=refused, take_away=refused)


def _hold(holder: str) -> None:
    row = EmployerConsent.objects.select_for_update().filter(public_id=holder).first()
    if row is not None and row.state == ConsentState.ASKED:
        revise(row)


def _stream(holder: str) -> str:
    """Its person's own."""
    row = EmployerConsent.objects.select_related("person").get(public_id=holder)
    return f"user:{row.person.public_id}"


DOOR = Door(
    code=CODE,
    title=_("Letter of the employer"),
    purposes=dict(Letter.choices),
    kinds=PAPERS,
    largest=20 * 1024 * 1024,
    most=2,
    own=True,
    rights=_rights,
    hold=_hold,
    stream=_stream,
    page=lambda holder: reverse("consents:consent", args=[holder]),
)
