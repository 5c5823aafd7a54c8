"""How one organisation comes to belong to another, and how a mail domain is proved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.lifecycle import Step


class AffiliationState(models.TextChoices):
    """Said by the child, true once the parent has said it too."""

    PROPOSED = "PROPOSED", _("proposed")
    CONFIRMED = "CONFIRMED", _("confirmed")
    DECLINED = "DECLINED", _("declined")
    ENDED = "ENDED", _("ended")


class DomainState(models.TextChoices):
    """Claimed by an organisation, proved by a code that only the domain's postmaster reads."""

    CLAIMED = "CLAIMED", _("waiting for its code")
    PROVED = "PROVED", _("proved")
    ENDED = "ENDED", _("ended")


AFFILIATION_STEPS = {
    "confirm": Step({AffiliationState.PROPOSED}, AffiliationState.CONFIRMED),
    "decline": Step({AffiliationState.PROPOSED}, AffiliationState.DECLINED),
    "end": Step({AffiliationState.PROPOSED, AffiliationState.CONFIRMED}, AffiliationState.ENDED),
}

DOMAIN_STEPS = {
    "prove": Step({DomainState.CLAIMED}, DomainState.PROVED),
    "end": Step({DomainState.CLAIMED, DomainState.PROVED}, DomainState.ENDED),
}
