"""Real names: what somebody said of themselves and what became of it. Name and number are never kept in clear."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.identity.documents import Document, DocumentKind, normalised
from marketplace.identity.lifecycle import RealNameState
from marketplace.kernel.concealing import conceal, fingerprint, reveal
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful

NAME, NUMBER = "real name", "document number"
"""What the values are concealed for."""


class RealNameVerification(Stateful):
    """One person's application to be known by their real name (H29): one row a person, its history in the facts."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=RealNameState.choices, default=RealNameState.PENDING)
    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="real_name")
    region = models.ForeignKey("registry.Region", verbose_name=_("region"), on_delete=models.PROTECT)
    kind = models.CharField(_("document"), max_length=16, choices=DocumentKind.choices)
    issuer = models.CharField(max_length=80)
    concealed_name = models.TextField()
    concealed_number = models.TextField()
    document = models.CharField(max_length=64, db_index=True)
    """Keyed hash of `Document.identity`: the same document shows, its number does not."""
    applied_at = MomentField()
    consented_at = MomentField()
    """When the person agreed, apart from everything else, that this is kept (个人信息保护法 art. 29)."""
    reason = models.CharField(max_length=1000, blank=True)
    """Why it was returned or revoked, for its owner to read."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["document"], condition=models.Q(state="VERIFIED"), name="real_name_one_account_a_document"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def name(self) -> str:
        """The real name; for its owner and for whoever compares it with the document."""
        return reveal(self.concealed_name, purpose=NAME)

    def bears(self, number: str) -> bool:
        """Whether the document has this number, however it was typed."""
        read = normalised(number)
        return read != "" and read == reveal(self.concealed_number, purpose=NUMBER)

    @staticmethod
    def columns(name: str, document: Document) -> dict[str, str]:
        """How a name and a document are kept."""
        return {
            "kind": document.kind,
            "issuer": document.issuer,
            "concealed_name": conceal(name, purpose=NAME),
            "concealed_number": conceal(document.number, purpose=NUMBER),
            "document": fingerprint(document.identity, purpose=NUMBER),
        }
