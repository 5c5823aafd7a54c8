"""What `services stop` ends: the process that works in the test servers' folder, and never another one."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools.services import debian

if sys.platform == "linux":  # `services` works nowhere else

    @pytest.fixture
    def folder(tmp_path: Path) -> Path:
        (tmp_path / "redis").mkdir()
        return tmp_path / "redis"

    @pytest.fixture
    def server(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
        """A process that works in the folder and does not name it, as Redis does."""
        with subprocess.Popen(["sleep", "60"], cwd=folder) as process:
            yield process
            process.kill()

    def test_the_server_of_the_folder_is_ended(folder: Path, server: "subprocess.Popen[bytes]") -> None:
        (folder / "pid").write_text(f"{server.pid}\n")
        debian.stop_process(folder / "pid", folder)
        assert server.wait(timeout=5) == -9

    def test_a_stranger_who_has_the_old_number_is_left_alone(
        folder: Path, tmp_path: Path, server: "subprocess.Popen[bytes]"
    ) -> None:
        (tmp_path / "other").mkdir()
        (folder / "pid").write_text(str(server.pid))
        debian.stop_process(folder / "pid", tmp_path / "other")
        assert server.poll() is None

    def test_no_server_is_no_trouble(folder: Path) -> None:
        debian.stop_process(folder / "pid", folder)
        (folder / "pid").write_text("")
        debian.stop_process(folder / "pid", folder)
