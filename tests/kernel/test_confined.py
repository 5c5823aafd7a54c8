"""Programs of their own that answer with bytes: no more than allowed, as many as they say, in the time they have."""

import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from marketplace.kernel.confined import TooCostly, change_confined

PROGRAMS = {
    "echo": "import sys; got = sys.stdin.buffer.read(); sys.stdout.write('{\"size\": %d}\\n' % len(got));"
    "sys.stdout.flush(); sys.stdout.buffer.write(got)",
    "fewer": "import sys; sys.stdin.buffer.read(); sys.stdout.write('{\"size\": 9}\\nabc')",
    "endless": 'import sys; sys.stdout.write(\'{"size": 9}\\n\')\nwhile True: sys.stdout.write("x" * 9999)',
    "asleep": "import time; time.sleep(60)",
    "fails": 'import sys; sys.stdin.buffer.read(); sys.stderr.write("no" * 100_000); sys.exit(3)',
    "ended": "import os; os.kill(os.getpid(), 9)",
}


@pytest.fixture
def programs(tmp_path: Path, settings: Any) -> None:
    """They stand where the house's own do."""
    for name, text in PROGRAMS.items():
        (tmp_path / f"{name}.py").write_text(text)
    settings.BASE_DIR = tmp_path


def changed(name: str, content: bytes = b"abc" * 1000, **how: Any) -> tuple[dict[str, Any], bytes]:
    got: list[bytes] = []
    said = change_confined(name, "x", [content], take=got.append, **{"most": 1_000_000, **how})
    return said, b"".join(got)


def test_what_it_writes_is_handed_on(programs: None) -> None:
    assert changed("echo") == ({"size": 3000}, b"abc" * 1000)
    assert changed("echo", b"", most=0) == ({"size": 0}, b"")
    content = bytes(range(256)) * 20_000
    assert changed("echo", content, most=len(content))[1] == content


def test_a_byte_more_than_allowed_is_too_much(programs: None) -> None:
    with pytest.raises(TooCostly):
        changed("echo", most=2999)
    with pytest.raises(TooCostly):
        changed("endless")


def test_half_an_answer_is_none(programs: None) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        changed("fewer")


def test_whoever_is_ended_or_takes_too_long_was_too_costly(programs: None) -> None:
    with pytest.raises(TooCostly):
        changed("ended")
    begun = time.monotonic()
    with pytest.raises(TooCostly):
        changed("asleep", patience=1.0)
    assert time.monotonic() - begun < 10


def test_a_program_that_fails_says_why_however_much_it_says(programs: None) -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        changed("fails")
    assert failed.value.returncode == 3
    assert failed.value.stderr == b"no" * 100_000
