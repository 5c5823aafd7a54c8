"""How an account becomes somebody known by their real name (H29)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class RealNameState(models.TextChoices):
    """With PENDING a proposal may be submitted; to be admitted to the review it takes VERIFIED."""

    PENDING = "PENDING", _("verification pending")
    VERIFIED = "VERIFIED", _("verified")
    RETURNED = "RETURNED", _("returned for correction")
    REVOKED = "REVOKED", _("revoked")


STEPS = {
    "say_again": Step({RealNameState.PENDING, RealNameState.RETURNED, RealNameState.REVOKED}, RealNameState.PENDING),
    "verify": Step({RealNameState.PENDING}, RealNameState.VERIFIED),
    "return": Step({RealNameState.PENDING}, RealNameState.RETURNED),
    "revoke": Step({RealNameState.VERIFIED}, RealNameState.REVOKED),
}

STANDING = frozenset({RealNameState.PENDING, RealNameState.VERIFIED})
"""Somebody has said who they are, and it has not been refused."""
