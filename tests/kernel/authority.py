"""The authority of `timestamp_authority`, started and told how to behave."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.kernel import timestamp_authority
from tests.kernel.timestamp_authority import certificates

PROGRAM = Path(timestamp_authority.__file__)


class Running:
    """One in its own process."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.address = f"http://127.0.0.1:{port}/"
        self.roots = str(folder / "ca.pem")
        self.behaves("well")

    def behaves(self, how: str) -> None:
        (self.folder / "behaviour").write_text(how)

    def said(self, content: bytes) -> None:
        """What it is going to be asked about, for an answer about the same with another number."""
        (self.folder / "said").write_bytes(content)

    @property
    def asked(self) -> list[bytes]:
        """Every question, as it came."""
        kept = self.folder / "asked"
        return [bytes.fromhex(line) for line in kept.read_text().split()] if kept.exists() else []


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Until the end of the block."""
    certificates(folder)
    (folder / "behaviour").write_text("well")
    with subprocess.Popen([sys.executable, str(PROGRAM), str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Running(folder, int(process.stdout.readline()))
        finally:
            process.kill()
