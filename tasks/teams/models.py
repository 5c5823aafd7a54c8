"""A team, its seats, what of it was sealed with a proposal, and the board of those who look for partners."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation, User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from tasks.challenges.models import Challenge
from tasks.teams.lifecycle import CallState, SeatState, TeamState

NOTHING = Decimal(0)


class Team(Stateful):
    """Some who answer a challenge together (联合体). Only its own people know of it before the opening."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=TeamState.choices, default=TeamState.FORMING)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="teams")
    lead = models.ForeignKey(User, on_delete=models.PROTECT, related_name="teams_led")
    """Who alone hands in, and whose proposal it is."""
    created_at = MomentField(editable=False)

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("teams:team", args=[self.public_id])


class TeamMember(Stateful):
    """A seat in a team, or an invitation to one: of a known person, or of an address that nobody may have here.

    Shares are percent of the work and of the reward. `agreed_to` is the digest of the composition its person agreed
    to; whatever changes the composition empties it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=SeatState.choices, default=SeatState.INVITED)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="+")
    """The team's: so that the database keeps a person from sitting in two teams of one challenge."""
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="team_seats")
    email = models.EmailField(_("e-mail address"), blank=True, db_index=True)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="team_seats")
    whole_team = models.BooleanField(default=False)
    """Whoever is invited comes with the team they lead (merge)."""
    work_share = models.DecimalField(max_digits=5, decimal_places=2, default=NOTHING)
    reward_share = models.DecimalField(max_digits=5, decimal_places=2, default=NOTHING)
    agreed_to = models.CharField(max_length=64, blank=True)
    agreed_at = models.DateTimeField(null=True)
    sealed = models.BooleanField(default=False)
    """Named in the envelope that counts, whether or not its person has left since; nobody else is told (I9)."""
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = MomentField(editable=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["challenge", "person"],
                condition=models.Q(state=SeatState.JOINED),
                name="team_one_seat_a_person_and_challenge",
            ),
            models.CheckConstraint(
                condition=models.Q(work_share__gte=0, work_share__lte=100, reward_share__gte=0, reward_share__lte=100),
                name="team_shares_within_the_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Partner(models.Model):
    """One of those in whose name a proposal was sealed, as the opening found it in the envelope; the lead comes first.

    What a team changed after its last submission is not in it.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="partners")
    place = models.PositiveSmallIntegerField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    work_share = models.DecimalField(max_digits=5, decimal_places=2)
    reward_share = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "person"], name="partner_once_a_team"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} no. {self.place}"


class PartnerCall(Stateful):
    """A notice on a challenge's board: what somebody offers, and whom they look for. It says nothing of proposals."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=CallState.choices, default=CallState.SHOWN)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="partner_calls")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="partner_calls")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    offers = models.CharField(max_length=600)
    seeks = models.CharField(max_length=600)
    reason = models.CharField(max_length=600, blank=True)
    """Why it was taken down, for its author."""
    created_at = MomentField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["challenge", "author"],
                condition=models.Q(state=CallState.SHOWN),
                name="partner_call_one_a_person_and_challenge",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class PartnerReply(models.Model):
    """What somebody wrote to the author of a notice, for the two of them alone."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    call = models.ForeignKey(PartnerCall, on_delete=models.PROTECT, related_name="replies")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    created_at = MomentField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "author"], name="partner_reply_once_a_person"),
        ]

    def __str__(self) -> str:
        return self.public_id
