"""What an organisation says of itself, and the numbers by which it is one and the same (S1, H25)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation
from marketplace.kernel.errors import Refusal
from marketplace.registry import codes
from marketplace.registry.models import Region


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What an organisation says of itself (S1); its numbers normalised, empty where it has none."""

    kind: str
    name: str
    region: Region
    name_en: str = ""
    uscc: str = ""
    register_number: str = ""
    ror: str = ""
    lei: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """By the names of the organisation's columns."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @property
    def as_kept(self) -> dict[str, str]:
        """As corrections wait in a column: the region by its code."""
        return {**self.columns, "region": self.region.code}

    @classmethod
    def of_kept(cls, kept: Mapping[str, str]) -> "Particulars":
        """Read back from there."""
        said = {name: value for name, value in kept.items() if name != "region"}
        return cls(region=Region.objects.get(code=kept["region"]), **said)

    @property
    def _abroad(self) -> bool:
        return not codes.covers(codes.CHINA, self.region.code)

    def require_number(self) -> None:
        """Inside China the unified social credit code; elsewhere one that can be looked up. Raises Refusal."""
        if not self._abroad and not self.uscc:
            raise Refusal(_("Organisations in China are entered with their credit code."), field="uscc")
        if self._abroad and not (self.register_number or self.ror or self.lei):
            sentence = _("Outside China one number is needed: the register's own, a ROR identifier or an LEI.")
            raise Refusal(sentence, field="register_number")

    def require_unknown(self, *, but: Organisation | None = None) -> None:
        """Nobody else has been entered with one of these numbers. Raises Refusal."""
        others = Organisation.objects.exclude(pk=but.pk) if but else Organisation.objects.all()
        for field, known in self._numbers().items():
            if known[field] and others.filter(**known).exists():
                raise Refusal(_("An organisation with this number is already registered."), field=field)

    def _numbers(self) -> dict[str, dict[str, Any]]:
        """Each number by its field, with what it has to be read with."""
        alone = {name: {name: getattr(self, name)} for name in ("uscc", "ror", "lei")}
        return {**alone, "register_number": {"register_number": self.register_number, "region": self.region}}


@contextmanager
def one_per_number(particulars: Particulars, *, but: Organisation | None = None) -> Iterator[None]:
    """Of two who enter the same number at once the database lets one through; the other hears why. Raises Refusal."""
    particulars.require_unknown(but=but)
    try:
        with transaction.atomic():
            yield
    except IntegrityError as two_at_once:
        particulars.require_unknown(but=but)
        raise Refusal(_("An organisation with this number is already registered.")) from two_at_once
