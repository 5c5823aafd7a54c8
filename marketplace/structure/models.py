"""Departments and who sits in them, what an organisation belongs to, and its mail domains."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation, User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful, Versioned
from marketplace.structure.lifecycle import AffiliationState, DomainState


class Department(Versioned):
    """A part of an organisation; closed, never deleted, for people have sat there."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField(_("name"), max_length=80)
    opened_at = MomentField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=models.Q(closed_at=None), name="department_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Who sits in which department, from when until when; rows are ended, never deleted."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="placements")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="placements")
    valid_from = MomentField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=models.Q(valid_until=None), name="placement_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.department_id}"


class Affiliation(Stateful):
    """One organisation belongs to another: a branch to its university, a subsidiary to its group."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=AffiliationState.choices, default=AffiliationState.PROPOSED)
    child = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="children")
    proposed_at = MomentField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["child"],
                condition=models.Q(state__in=["PROPOSED", "CONFIRMED"]),
                name="affiliation_one_parent",
            ),
            models.CheckConstraint(condition=~models.Q(child=models.F("parent")), name="affiliation_of_two"),
        ]

    def __str__(self) -> str:
        return self.public_id


class MailDomain(Stateful):
    """A domain whose mail an organisation receives; whoever has confirmed an address at a proved one may join."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=DomainState.choices, default=DomainState.CLAIMED)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mail_domains")
    domain = models.CharField(_("mail domain"), max_length=253, db_index=True)
    mailbox = models.CharField(max_length=16)
    code = models.CharField(max_length=64)
    """Keyed hash of what the letter says."""
    claimed_at = MomentField(editable=False)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["domain"], condition=models.Q(state="PROVED"), name="mail_domain_of_one_organisation"
            ),
        ]

    def __str__(self) -> str:
        return self.domain
