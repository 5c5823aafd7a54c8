"""The files: what each is, who brought it, where its sealed content lies. The content itself is in the store."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.kernel.fields import MomentField
from marketplace.kernel.ids import public_id
from marketplace.kernel.lifecycle import Stateful
from marketplace.vault.kinds import Kind
from marketplace.vault.lifecycle import FileState
from marketplace.vault.names import LONGEST


class StoredFile(Stateful):
    """One file somebody handed in at a door (`doors.py`), for a holder: what it belongs to."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    state = models.CharField(max_length=16, choices=FileState.choices, default=FileState.WAITING, db_index=True)
    door = models.CharField(max_length=24)
    holder = models.CharField(max_length=16)
    """Public id of what the file belongs to; the door knows what that is."""
    purpose = models.CharField(max_length=24)
    own = models.BooleanField(default=False)
    """Whether it says something of whoever brought it, and goes with them (个人信息保护法 art. 47)."""
    number = models.PositiveSmallIntegerField(default=0)
    """Counts what the holder was brought for this purpose at a blind door; 0 at others."""
    name = models.CharField(_("file name"), max_length=LONGEST, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, blank=True)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the content as it is kept, hex."""
    taken_out = models.JSONField(default=dict, blank=True)
    """What was taken out at a blind door before it was kept: counts by the codes of `taken.py`."""
    place = models.CharField(max_length=64, unique=True)
    concealed_key = models.TextField()
    """What opens the content, itself encrypted; emptied with the content's end."""
    hidden = models.TextField(blank=True)
    """At a door with a secret, what else would stand in name, kind, digest, what was taken out and key (`hiding`)."""
    bound = models.BooleanField(default=False)
    """Whether something that is sealed counts on its content, which is not deleted then."""
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="files")
    uploaded_at = MomentField(editable=False)
    scans_tried = models.PositiveSmallIntegerField(default=0)
    next_scan_at = models.DateTimeField(null=True)
    found = models.CharField(max_length=120, blank=True)
    """What the scanner called it."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["door", "holder"], name="file_by_holder")]

    def __str__(self) -> str:
        return self.public_id
