"""An uploaded sheet and its rows."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from marketplace.accounts.models import Organisation, User
from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from tasks.challenges.models import Challenge, ChallengeBatch
from tasks.sheets.faults import cell_sentence, column_name, file_sentence
from tasks.sheets.lifecycle import UNDER_WAY, RowState, SheetState


class Sheet(Stateful):
    """A list of challenges as a file: kept until it is read through, then its rows are what remains.

    `repeats` is an earlier upload of the same bytes for the same organisation by the same person.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=SheetState.choices, default=SheetState.UPLOADED, db_index=True)
    uploader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sheets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sheets")
    batch = models.ForeignKey(ChallengeBatch, null=True, on_delete=models.PROTECT, related_name="sheets")
    batch_title = models.CharField(max_length=120, blank=True)
    batch_title_en = models.CharField(max_length=200, blank=True)
    batch_study = models.TextField(blank=True)
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    repeats = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeated_by")
    language = models.CharField(max_length=8)
    attempts = models.PositiveSmallIntegerField(default=0)
    ignored = models.JSONField(default=list)
    fault = models.CharField(max_length=40, blank=True)
    fault_values = models.JSONField(default=dict)
    uploaded_at = MomentField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["uploader", "organisation", "digest"],
                condition=models.Q(repeats=None),
                name="sheet_first_upload_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-uploaded_at"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("challenges:import_run", args=[self.public_id])

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(SheetState(self.state).label)

    @property
    def under_way(self) -> bool:
        """Whether its page will change by itself."""
        return self.state in UNDER_WAY

    @property
    def why_unreadable(self) -> str:
        """The sentence for its fault, in the active language."""
        return file_sentence(self.fault, self.fault_values) if self.fault else ""


class SheetRow(Stateful):
    """A row: what stood in it, by column, and what came of it, exactly once.

    `others` holds the cells under heads that are none of ours, so that a row to mend comes back whole. `faults` are
    lists of column, code and values; `lacks` names the columns a draft still needs before it can be handed in.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=RowState.choices, default=RowState.WAITING)
    cells = models.JSONField(default=dict)
    others = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    lacks = models.JSONField(default=list)
    challenge = models.OneToOneField(Challenge, null=True, on_delete=models.PROTECT, related_name="sheet_row")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "number"], name="sheet_row_once"),
            models.CheckConstraint(
                condition=models.Q(state="DRAFTED", challenge__isnull=False)
                | (~models.Q(state="DRAFTED") & models.Q(challenge=None)),
                name="sheet_row_drafted_has_its_challenge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} row {self.number}"

    @property
    def said(self) -> list[dict[str, Any]]:
        """Its faults in words of the active language, each with its column and what stood there."""
        return [
            {
                "column": column_name(column),
                "sentence": cell_sentence(code, values),
                "typed": self.cells.get(column, "")[:60],
            }
            for column, code, values in self.faults
        ]

    @property
    def lacking(self) -> list[str]:
        """The names of the columns that the draft still needs, in the active language."""
        return [column_name(column) for column in self.lacks if column_name(column)]
