"""Files that belong to a challenge: for everybody who sees it, or for those who accepted the non-disclosure terms."""

from dataclasses import replace

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.queries import Person
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import revise
from marketplace.kernel.verdicts import Verdict
from marketplace.vault.doors import Door, Rights
from marketplace.vault.kinds import PAPERS, Kind
from tasks.challenges import policy, queries
from tasks.challenges.lifecycle import EDITABLE
from tasks.challenges.models import Challenge


class Attachment(models.TextChoices):
    """What a file tells solvers."""

    SPECIFICATION = "SPECIFICATION", _("specification, drawing or data")
    OTHER = "OTHER", _("something else")


def _of(holder: str) -> Challenge:
    row = Challenge.objects.select_related("sponsor", "region").filter(public_id=holder).first()
    if row is None:
        raise NotFound
    return row


def _rights(person: Person, holder: str, read: Verdict) -> Rights:
    if not read:
        raise NotFound
    edits = policy.may_edit(person, _of(holder))
    return Rights(read=read, bring=edits, take_away=edits)


def _open(person: Person, holder: str) -> Rights:
    """Whoever sees the challenge reads; its sponsor's officers bring and take away as long as they may edit it."""
    return _rights(person, holder, policy.may_see(person, _of(holder)))


def _confidential(person: Person, holder: str) -> Rights:
    """The same with whoever has accepted the non-disclosure terms. Raises NotFound for everybody else."""
    return _rights(person, holder, policy.may_read_confidential(person, _of(holder)))


def _hold(holder: str) -> None:
    """A file more is another version: what one of two officers has released is not what the other hands in."""
    row = Challenge.objects.select_for_update(of=("self",)).filter(public_id=holder).first()
    if row is not None and row.state in EDITABLE and row.releases.filter(of_version=row.version).exists():
        revise(row)


OPEN_DOOR = Door(
    code=queries.OPEN_CODE,
    title=_("Attachments"),
    purposes=dict(Attachment.choices),
    kinds=PAPERS | {Kind.DOCX, Kind.XLSX},
    largest=20 * 1024 * 1024,
    most=5,
    quiet=True,
    rights=_open,
    hold=_hold,
    stream=lambda holder: f"challenge:{holder}",
    page=lambda holder: reverse("challenges:detail", args=[holder]),
)
NDA_DOOR = replace(
    OPEN_DOOR, code=queries.NDA_CODE, title=_("Attachments under the non-disclosure terms"), rights=_confidential
)
