"""How an organisation becomes one that may post: S1–S4 (docs/numbers.md), in one step for now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class OrganisationState(models.TextChoices):
    """Only a verified organisation posts and proposes (H22)."""

    PENDING = "PENDING", _("verification pending")
    VERIFIED = "VERIFIED", _("verified")
    RETURNED = "RETURNED", _("returned for correction")


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
    "resubmit": Step({OrganisationState.RETURNED}, OrganisationState.PENDING),
    "verify": Step({OrganisationState.PENDING}, OrganisationState.VERIFIED),
    "return": Step({OrganisationState.PENDING}, OrganisationState.RETURNED),
}
