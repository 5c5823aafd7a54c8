"""An answer to a challenge, the envelopes it was handed in in, and the moment it came."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import Organisation, User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from tasks.challenges.models import Challenge
from tasks.proposals import keeping
from tasks.proposals.content import Content
from tasks.proposals.keeping import KeptText
from tasks.proposals.lifecycle import LIVE, OPENED, ProposalState, TicketState
from tasks.teams.models import Team


class Proposal(Stateful):
    """A solver's answer to a challenge.

    `kept` is its text, encrypted: of a draft, of a draft that is to replace what was submitted, or of an opened
    proposal; empty while it is sealed. `code` is what reviewers see instead of a name, given at opening.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=ProposalState.choices, default=ProposalState.DRAFT, db_index=True)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="proposals")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="proposals")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="proposals")
    """Who answers together with the author, who leads them."""
    kept = models.TextField(blank=True)
    code = models.CharField(max_length=8, blank=True)
    rejection = models.TextField(blank=True)
    """The adjudicator's reason; empty where nobody decided, because it could not be opened."""
    submitted_at = models.DateTimeField(null=True)
    saved_at = MomentField()
    created_at = MomentField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["challenge", "author"],
                condition=models.Q(state__in=sorted(LIVE)),
                name="proposal_one_live_per_solver",
            ),
            models.UniqueConstraint(
                fields=["challenge", "code"], condition=~models.Q(code=""), name="proposal_code_once_per_challenge"
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.public_id

    def get_absolute_url(self) -> str:
        return reverse("proposals:detail", args=[self.public_id])

    @property
    def content(self) -> Content:
        """Its text; empty while it is sealed."""
        return self.as_kept.content

    @property
    def as_kept(self) -> KeptText:
        """Its text with what belongs to it, read once for each time it was written."""
        read: tuple[str, KeptText] | None = vars(self).get("_read")
        if read is None or read[0] != self.kept:
            read = vars(self)["_read"] = (self.kept, self._reading())
        return read[1]

    @property
    def is_sealed(self) -> bool:
        """Whether it was handed in and not opened yet."""
        return self.state == ProposalState.SUBMITTED

    def _reading(self) -> KeptText:
        if not self.kept:
            return KeptText(Content())
        return keeping.opened(self.kept) if self.state in OPENED else keeping.draft(self.kept, of=self.public_id)


class DraftVersion(models.Model):
    """A draft as it once was, under the key of the draft: gone with it when it is sealed or thrown away."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="draft_versions")
    number = models.PositiveIntegerField()
    kept = models.TextField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = MomentField(editable=False)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="draft_version_once_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.number}"

    @property
    def content(self) -> Content:
        """Its text; empty where its key is gone."""
        return keeping.draft(self.kept, of=self.proposal.public_id).content


class SealedEnvelope(models.Model):
    """What was handed in, as nobody can read it before the opening: one for each time its owner submitted.

    `digest` is of the sealed bytes, `commitment` of a nonce and the text (both SHA-256, hex); see `sealing.envelopes`.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="envelopes")
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    box = models.BinaryField()
    owner_box = models.BinaryField()
    digest = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    sealed_at = MomentField(editable=False)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "number"], name="envelope_once_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} #{self.number}"


class IntakeTicket(Stateful):
    """The moment a submission came, by the database's clock: it alone decides whether it was in time (I12).

    Written by itself before anything else is done; settled once, when it is known what became of it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="tickets")
    of_version = models.PositiveIntegerField()
    taken_at = MomentField(editable=False)
    refusal = models.CharField(max_length=400, blank=True)
    """Why nothing was sealed for it, as its owner was told."""
    state = models.CharField(max_length=16, choices=TicketState.choices, default=TicketState.TAKEN, db_index=True)

    def __str__(self) -> str:
        return self.public_id


class SubmissionReceipt(models.Model):
    """What the owner of an envelope was told of it (提交回执, H30), signed: whoever has it can check it for good."""

    envelope = models.OneToOneField(SealedEnvelope, on_delete=models.PROTECT, related_name="receipt")
    ticket = models.OneToOneField(IntakeTicket, on_delete=models.PROTECT, related_name="receipt")
    platform = models.CharField(max_length=200)
    """The address under which the platform was reached when it signed."""
    decided_at = models.DateTimeField()
    sequence = models.PositiveIntegerField()
    """Its place in the proposal's stream of facts."""
    fact_digest = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    """Fingerprint of the platform's key that signed."""
    signature = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.envelope_id}"


class ProposalRead(models.Model):
    """That somebody other than its owner was shown an opened proposal: who, as what, and on which day (`reads`).

    Who it was is for audit alone; its owner reads the role.
    """

    class Part(models.TextChoices):
        """How much of it they were shown."""

        HEAD = "HEAD", _("title and price, in a list")
        WHOLE = "WHOLE", _("the whole text")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="reads")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    part = models.CharField(max_length=8, choices=Part.choices)
    day = models.DateField()
    """The day in Beijing."""
    at = MomentField(editable=False)
    """The first time on that day."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "reader", "role", "part", "day"], name="proposal_read_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.role} {self.day}"


class ReceiptTimestamp(models.Model):
    """What an authority of time outside said of a receipt (RFC 3161), or that it has still to be asked again."""

    receipt = models.OneToOneField(SubmissionReceipt, on_delete=models.PROTECT, related_name="timestamp")
    answer = models.BinaryField(default=b"")
    """Its answer, which anybody can check who has its certificates; empty until there is one that holds."""
    authority = models.CharField(max_length=300, blank=True)
    stamped_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(db_index=True)
    fault = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.stamped_at or self.fault}"
