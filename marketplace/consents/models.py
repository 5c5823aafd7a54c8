"""Consents of employers: for whom, by whom, to what and until when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation, User
from marketplace.consents.lifecycle import ConsentState
from marketplace.consents.terms import ConsentKind, Period
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful


class EmployerConsent(Stateful):
    """One employer's answer to one person: by its officers here, or by a letter where it has no account."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=ConsentState.choices, default=ConsentState.ASKED)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="consents")
    employer = models.CharField(_("employer"), max_length=120, blank=True)
    """Its name, where it is not registered here."""
    region = models.ForeignKey("registry.Region", null=True, on_delete=models.PROTECT)
    """Where such an employer sits: this region's administrators read its letter."""
    kind = models.CharField(_("kind"), max_length=16, choices=ConsentKind.choices)
    first_day = models.DateField()
    last_day = models.DateField()
    asked_at = MomentField(editable=False)
    reason = models.CharField(max_length=1000, blank=True)
    """Why it was refused or taken back, for the person to read."""
    end_told_at = models.DateTimeField(null=True, editable=False)
    """When the person was told that its last day is near (J09)."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=True) | models.Q(region__isnull=True, employer=""),
                name="consent_of_one_employer",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def period(self) -> Period:
        """The days for which it was asked."""
        return Period(self.first_day, self.last_day)

    @property
    def by_letter(self) -> bool:
        """Whether the employer answers by a letter, for want of an account."""
        return self.organisation_id is None

    @property
    def employer_name(self) -> str:
        """Who employs."""
        return str(self.organisation) if self.organisation else self.employer
