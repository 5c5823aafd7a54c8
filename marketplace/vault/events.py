"""Facts about files. They carry codes, sizes and digests, never a name or content."""

from typing import TYPE_CHECKING, ClassVar

from marketplace.outbox.events import Event

if TYPE_CHECKING:
    from marketplace.vault.models import StoredFile


class FileEvent(Event):
    @classmethod
    def of(cls, row: "StoredFile", stream: str) -> "FileEvent":
        data = {"door": row.door, "holder": row.holder, "purpose": row.purpose}
        return cls(stream=stream, subject=row.public_id, version=row.version, data=data)


class FileBrought(FileEvent):
    """A file was taken in; its digest shows later that it is the same."""

    kind: ClassVar[str] = "file.brought"

    @classmethod
    def of(cls, row: "StoredFile", stream: str) -> "FileBrought":
        told = super().of(row, stream)
        whole = {**told.data, "kind": row.kind, "size": row.size, "digest": row.digest}
        return cls(stream=stream, subject=row.public_id, version=row.version, data=whole)


class FileSetAside(FileEvent):
    """It was taken out of a version that is being written; something sealed still counts on it."""

    kind: ClassVar[str] = "file.set_aside"


class FileLaidOpen(FileBrought):
    """What it belongs to was opened; its digest shows that it is what was sealed."""

    kind: ClassVar[str] = "file.laid_open"


class FilePassed(FileEvent):
    """The scanner found nothing."""

    kind: ClassVar[str] = "file.passed"


class FileCondemned(FileEvent):
    """The scanner found malware; the content was deleted."""

    kind: ClassVar[str] = "file.condemned"


class FileRemoved(FileEvent):
    """Somebody who may took it away; the content was deleted."""

    kind: ClassVar[str] = "file.removed"


FILE_EVENTS = (FileBrought, FileSetAside, FileLaidOpen, FilePassed, FileCondemned, FileRemoved)
