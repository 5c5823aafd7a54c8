"""What Django does with an upload too large for memory: here it goes to a temporary file encrypted, never in clear.

Django's own handler would leave the stranger's file readable in the system's temporary folder.
"""

import hashlib
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from marketplace.vault.envelope import Sealing, new_key, opened

LARGEST = 100 * 1024 * 1024
"""Bytes. What comes beyond it is counted and not kept; the form then says that the file is too large."""
PORTION = 256 * 1024


if TYPE_CHECKING:
    Upload = UploadedFile[bytes]  # generic in the stubs only
else:
    Upload = UploadedFile


class SealedUpload(Upload):
    """An uploaded file that lies encrypted; `chunks` and `read` give what was sent."""

    def __init__(self, name: str, content_type: str, *, most: int = LARGEST) -> None:
        super().__init__(file=None, name=name, content_type=content_type, size=0)
        self.most = most
        self.key = new_key()
        self.kept = TemporaryFile()  # noqa: SIM115  # lives as long as the upload; closed by the request
        self.sealing = Sealing(self.key)

    def take(self, content: bytes) -> None:
        """Keep a piece of what comes in."""
        self.size = (self.size or 0) + len(content)
        if self.size <= self.most:
            self.kept.write(self.sealing.add(content))

    def complete(self) -> None:
        """Nothing more comes."""
        self.kept.write(self.sealing.end())

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The content in portions. Of a file beyond the limit only what was kept of it, not proved to be whole."""
        self.kept.seek(0)
        yield from opened(iter(lambda: self.kept.read(PORTION), b""), self.key)

    def read(self, *_size: Any) -> bytes:
        """The whole content; for doors with a small limit."""
        return b"".join(self.chunks())

    def close(self) -> None:
        """Let go of it; the temporary file is gone with that."""
        self.kept.close()

    @property
    def closed(self) -> bool:
        return self.kept.closed


class SealingUploadHandler(FileUploadHandler):
    """For uploads that Django does not hold in memory (FILE_UPLOAD_MAX_MEMORY_SIZE)."""

    upload: SealedUpload | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin an upload."""
        super().new_file(*args, **kwargs)
        self.upload = SealedUpload(str(self.file_name), str(self.content_type))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep it; nothing is handed to a next handler."""
        if self.upload is not None:
            self.upload.take(raw_data)

    def file_complete(self, file_size: int) -> Upload | None:
        """The upload, whole."""
        if self.upload is not None:
            self.upload.complete()
        return self.upload

    def upload_interrupted(self) -> None:
        """Whoever sent it broke off."""
        if self.upload is not None:
            self.upload.close()


def digest_of(upload: Upload) -> str:
    """SHA-256 of the content, hex."""
    counting = hashlib.sha256()
    for some in upload.chunks():
        counting.update(some)
    return counting.hexdigest()
