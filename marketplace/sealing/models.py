"""Officers' keys, and the key of each matter in halves that two officers together join."""

from base64 import b64decode
from typing import ClassVar

from django.db import models

from marketplace.accounts.models import User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from marketplace.sealing.keys import Cost
from marketplace.sealing.lifecycle import KeyState


class OfficerKey(Stateful):
    """The key pair of an opening officer. The private half is kept under their pass phrase, which is kept nowhere.

    Bytes as base64. `proven_at` is when the officer last typed the phrase: until then nothing is entrusted to the key.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=KeyState.choices, default=KeyState.IN_FORCE)
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="opening_keys")
    public_key = models.CharField(max_length=64)
    locked_private_key = models.CharField(max_length=160)
    salt = models.CharField(max_length=32)
    passes = models.PositiveSmallIntegerField()
    memory = models.PositiveIntegerField()
    enrolled_at = MomentField(editable=False)
    proven_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer"], condition=models.Q(state=KeyState.IN_FORCE), name="officer_key_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def cost(self) -> Cost:
        """What a try of its phrase costs."""
        return Cost(self.passes, self.memory)


class MatterKey(models.Model):
    """The key that what is handed in for one matter is sealed to: a challenge, by its public id."""

    matter = models.CharField(max_length=16, unique=True)
    public_key = models.CharField(max_length=64)
    made_at = MomentField(editable=False)
    spent_at = models.DateTimeField(null=True)
    """When it was joined and used; a second time is never needed."""

    def __str__(self) -> str:
        return self.matter

    @property
    def public_bytes(self) -> bytes:
        """The public key itself."""
        return b64decode(self.public_key)


class KeyHalf(models.Model):
    """One part of a matter's private key, in a box for one officer. `pair` numbers the two parts that belong together.

    `handed_over` is the part itself, concealed, from the first officer's word until the second's.
    """

    key = models.ForeignKey(MatterKey, on_delete=models.PROTECT, related_name="halves")
    holder = models.ForeignKey(OfficerKey, on_delete=models.PROTECT, related_name="halves")
    pair = models.PositiveSmallIntegerField()
    box = models.CharField(max_length=160)
    handed_over = models.TextField(blank=True)
    handed_over_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "pair", "holder"], name="key_half_once_per_pair_and_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.key_id} {self.pair}"
