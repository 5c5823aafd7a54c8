"""Somebody with access to the database alone who is asked, during and after a fault, whether all is well.

A process of its own in the platform's settings: a line of JSON in, a line of JSON out. `Auditor` is its other end.
"""

import json
import subprocess
import sys
from typing import Any

from tests.journeys.platform import ROOT, Platform


class Auditor:
    """Asks that process."""

    def __init__(self, platform: Platform) -> None:
        with (platform.folder / "auditor.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.journeys.faults.auditing"],
                cwd=ROOT,
                env=platform.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def ask(self, question: str, **about: Any) -> dict[str, Any]:
        """The answer to one question."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"question": question, "about": about}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the auditor died; see auditor.log"
        said: dict[str, Any] = json.loads(answer)
        return said

    def leave(self) -> None:
        """Nothing more to ask."""
        with self._process:  # closes both lines, upon which it ends
            pass
