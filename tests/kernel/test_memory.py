"""What stands in memory stays there: a process of the platform that crashes leaves no core (I8)."""

import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CRASHING = f"""
import os, resource
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
import django
django.setup()
print(resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)
os.kill(os.getpid(), {signal.SIGSEGV.value})
"""


def test_a_process_that_crashes_leaves_no_core(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = subprocess.run([sys.executable, "-c", CRASHING], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (-signal.SIGSEGV, ["0"]), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_those_it_starts_leave_none_either() -> None:
    limits = [sys.executable, "-c", "import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0])"]
    assert subprocess.run(limits, capture_output=True, text=True, check=True).stdout.strip() == "0"
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
