"""How an organisation becomes one that may post, and ceases to be: S1–S6 (docs/numbers.md)."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step

VERIFIED_FOR = timedelta(days=365)
"""How long a verification holds (S5)."""
RENEWED_BEFORE = timedelta(days=60)
"""How long before its end it can be renewed."""


class OrganisationState(models.TextChoices):
    """Only a verified organisation posts and proposes (H22)."""

    PENDING = "PENDING", _("verification pending")
    VERIFIED = "VERIFIED", _("verified")
    RETURNED = "RETURNED", _("returned for correction")
    EXPIRED = "EXPIRED", _("verification expired")
    SUSPENDED = "SUSPENDED", _("suspended by the supervisor")


class InvitationState(models.TextChoices):
    """After `valid_until` a waiting one can no longer be answered."""

    WAITING = "WAITING", _("waiting for an answer")
    ACCEPTED = "ACCEPTED", _("accepted")
    DECLINED = "DECLINED", _("declined")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


INVITATION_STEPS = {
    "accept": Step({InvitationState.WAITING}, InvitationState.ACCEPTED),
    "decline": Step({InvitationState.WAITING}, InvitationState.DECLINED),
    "withdraw": Step({InvitationState.WAITING}, InvitationState.WITHDRAWN),
}

STEPS = {
    "resubmit": Step({OrganisationState.RETURNED, OrganisationState.EXPIRED}, OrganisationState.PENDING),
    "verify": Step({OrganisationState.PENDING, OrganisationState.EXPIRED}, OrganisationState.VERIFIED),
    "return": Step({OrganisationState.PENDING}, OrganisationState.RETURNED),
    "expire": Step({OrganisationState.VERIFIED}, OrganisationState.EXPIRED),
    "suspend": Step({OrganisationState.VERIFIED}, OrganisationState.SUSPENDED),
    "restore": Step({OrganisationState.SUSPENDED}, OrganisationState.VERIFIED),
}
