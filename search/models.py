"""What the search index is known to hold, and what it still owes. Both can be rebuilt; neither is ever shown."""

from typing import ClassVar

from django.db import models


class IndexDocument(models.Model):
    """The last version of a row that was handed to the index: the view `verify.index_document` reads it."""

    kind = models.CharField(max_length=12)
    public_id = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    indexed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "public_id"], name="index_document_once_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id} v{self.version}"


class IndexDebt(models.Model):
    """A row that changed while the index did not answer: it is looked at again until the index has taken it."""

    kind = models.CharField(max_length=12)
    public_id = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "public_id"], name="index_debt_once_per_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
