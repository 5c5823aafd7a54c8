"""Scans of documents: handed in by their owner, opened by the officer who compares, gone once it is decided."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.queries import Person
from marketplace.identity import policy
from marketplace.identity.lifecycle import RealNameState
from marketplace.identity.models import RealNameVerification
from marketplace.kernel.errors import NotFound
from marketplace.kernel.lifecycle import revise
from marketplace.kernel.verdicts import Allowed, Denied
from marketplace.vault.doors import Door, Rights
from marketplace.vault.kinds import PAPERS

CODE = "real-name"
CHANGEABLE = frozenset({RealNameState.PENDING, RealNameState.RETURNED})


class Scan(models.TextChoices):
    """What of the document is shown."""

    DATA_PAGE = "DATA_PAGE", _("the side or page with name and number")
    OTHER_SIDE = "OTHER_SIDE", _("the other side")


def _rights(person: Person, holder: str) -> Rights:
    """The owner's until it is decided; the comparing officer's while it waits. Raises NotFound for everybody else."""
    row = RealNameVerification.objects.select_related("user", "region").filter(public_id=holder).first()
    if row is None:
        raise NotFound
    refused = Denied(_("Only its owner can do this, until it is decided."))
    if row.user == person:
        own = Allowed(row.user.public_id, "USER") if row.state in CHANGEABLE else refused
        return Rights(read=own, bring=own, take_away=own, over=not own)
    compares = policy.may_compare(person, row) if row.state == RealNameState.PENDING else refused
    if not compares:
        raise NotFound
    return Rights(read=compares, bring=refused, take_away=refused)


def _hold(holder: str) -> None:
    row = RealNameVerification.objects.select_for_update().filter(public_id=holder).first()
    if row is not None and row.state == RealNameState.PENDING:
        revise(row)


def _stream(holder: str) -> str:
    """Its owner's own."""
    row = RealNameVerification.objects.select_related("user").get(public_id=holder)
    return f"user:{row.user.public_id}"


DOOR = Door(
    code=CODE,
    title=_("Scan of the document"),
    purposes=dict(Scan.choices),
    kinds=PAPERS,
    largest=10 * 1024 * 1024,
    most=2,
    own=True,
    rights=_rights,
    hold=_hold,
    stream=_stream,
    page=lambda _holder: reverse("identity:mine"),
)
