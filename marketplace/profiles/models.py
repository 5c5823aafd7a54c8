"""Profiles of experts and solvers: what people say of themselves, their references, and what the directory holds."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from marketplace.profiles.lifecycle import ProfileState
from marketplace.profiles.references import EARLIEST_YEAR, LATEST_YEAR, Citation
from marketplace.profiles.showing import Audience
from marketplace.profiles.wording import Availability, ReferenceKind

LONGEST_HEADLINE, LONGEST_TEXT = 120, 5000


class Profile(Stateful):
    """One person's profile (T05), made when it is first saved. `visibility` says of each part who may read it."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=ProfileState.choices, default=ProfileState.DRAFT, editable=False)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="profile")
    headline = models.CharField(_("in one line"), max_length=LONGEST_HEADLINE, blank=True)
    kinds = models.JSONField(default=list)
    expertise = models.TextField(_("expertise"), blank=True)
    fields = models.ManyToManyField("registry.TechnologyField", related_name="profiles")
    achievements = models.TextField(_("achievements"), blank=True)
    languages = models.JSONField(default=list)
    engagement = models.JSONField(default=list)
    availability = models.CharField(max_length=8, choices=Availability.choices, blank=True)
    region = models.ForeignKey("registry.Region", null=True, on_delete=models.PROTECT)
    visibility = models.JSONField(default=dict)
    made_at = MomentField(editable=False)

    def __str__(self) -> str:
        return self.public_id


class Reference(models.Model):
    """A publication or a patent, as its author states it; nothing of it is verified here."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(_("kind"), max_length=12, choices=ReferenceKind.choices)
    title = models.CharField(_("title"), max_length=500)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, validators=[MinValueValidator(EARLIEST_YEAR), MaxValueValidator(LATEST_YEAR)]
    )
    identifier = models.CharField(max_length=200, blank=True)
    """The DOI or the number of the patent, normalised (`references.py`)."""
    place = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = [models.F("year").desc(nulls_last=True), "title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["profile", "kind", "identifier"],
                condition=~models.Q(identifier=""),
                name="reference_once_a_profile",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def citation(self) -> Citation:
        """What it says."""
        said = {name: getattr(self, name) for name in Citation.__dataclass_fields__}
        return Citation(**said)

    @property
    def address(self) -> str:
        """Where it can be read: the link, or the DOI's own address."""
        if self.link or self.kind != ReferenceKind.PUBLICATION or not self.identifier.startswith("10."):
            return self.link
        return f"https://doi.org/{self.identifier}"


class Listing(models.Model):
    """What the directory may know of a published profile when this audience looks: its name, and what `shown` gives.

    Codes stand between commas, `,RESEARCHER,MAKER,`, so that one of them is found by itself.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="listings")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    text = models.TextField(blank=True)
    kinds = models.CharField(max_length=200, blank=True)
    fields = models.TextField(blank=True)
    availability = models.CharField(max_length=8, blank=True)
    region = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["profile", "audience"], name="listing_once_an_audience"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.audience}"
