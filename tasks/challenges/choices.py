"""What a sponsor chooses from beside kind, problem and mode. Codes stay; people read the words."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(models.TextChoices):
    """T07, J07, H04: who may answer. The sponsor's officers and the author never do."""

    EXTERNAL = "EXTERNAL", _("everybody but the sponsor's own people")
    BOTH = "BOTH", _("everybody, the sponsor's own people as well")
    INTERNAL = "INTERNAL", _("the sponsor's own people only")
    CHAIN = "CHAIN", _("suppliers along the sponsor's chain only")


NARROW = frozenset({Audience.INTERNAL, Audience.CHAIN})
"""Audiences that need a reason which everybody who sees the challenge can read (H22)."""
OWN_STAFF = frozenset({Audience.INTERNAL, Audience.BOTH})


class RewardKind(models.TextChoices):
    """H04: what the winner gets; several may go together."""

    CASH = "CASH", _("cash")
    EQUITY = "EQUITY", _("equity")
    OPTION = "OPTION", _("options on shares")
    PARTNERSHIP = "PARTNERSHIP", _("partnership")


class PrizeRule(models.TextChoices):
    """How a prize is won in bounty mode; in task mode the best offer is taken."""

    BEST_OF = "BEST_OF", _("the best valid solution wins the whole prize")
    FIRST_VALID = "FIRST_VALID", _("the first solution found valid wins the whole prize")
    PLACES = "PLACES", _("several places, each with its own prize")


class Abroad(models.TextChoices):
    """N17d, H06: whether solvers from abroad may answer."""

    YES = "YES", pgettext_lazy("abroad", "yes, by themselves")
    PARTNER = "PARTNER", pgettext_lazy("abroad", "yes, together with a partner in China")
    NO = "NO", pgettext_lazy("abroad", "no")


class NameShown(models.TextChoices):
    """名称保密: when people learn who the sponsor is. Its class and region show always."""

    SHOWN = "SHOWN", _("shown to everybody")
    AFTER_NDA = "AFTER_NDA", _("shown to whoever has accepted the non-disclosure terms, and to everybody at the award")
    HIDDEN = "HIDDEN", _("shown to nobody before the award")


class BatchKind(models.TextChoices):
    """Several challenges under one roof: a government's on its day (N17c), a leading enterprise's product (H08)."""

    BATCH = "BATCH", _("batch of a government")
    PROGRAMME = "PROGRAMME", _("product programme of an enterprise")


class CriterionKind(models.TextChoices):
    """How a criterion is judged."""

    NUMBER = "NUMBER", _("a number with a limit")
    YES_NO = "YES_NO", _("yes or no")
    JUDGED = "JUDGED", _("judged by a guideline")


LEVELS: dict[int, Any] = {
    1: _("principle observed"),
    2: _("idea of its use formed"),
    3: _("principle proved in experiment"),
    4: _("shown in the laboratory"),
    5: _("parts proved under realistic conditions"),
    6: _("prototype shown under realistic conditions"),
    7: _("prototype shown in use"),
    8: _("complete, tested and accepted"),
    9: _("in regular use"),
}
"""Readiness of a technology (技术就绪度, GB/T 22900-2022): a number is never shown without these words."""


def level_words(level: int | None) -> str:
    """The level in words with its number; "" for none."""
    return f"{level} · {LEVELS[level]}" if level in LEVELS else ""
