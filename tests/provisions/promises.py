"""Tests that the list of provisions names must pass: a run in which one of them fails or is skipped is red.

`tests/conftest.py` registers this for every run, in the process that gathers the reports. That the names exist is seen
to by `test_tracing.py`.
"""

from collections.abc import Iterable

import pytest

COLLECTED = pytest.StashKey[frozenset[str]]()
"""Every test this process collected, before any was deselected, without parameters."""


class Promises:
    """Watches the reports of the named tests. Parameters do not count: every case of a named test must pass."""

    def __init__(self, promised: Iterable[str]) -> None:
        self.promised = frozenset(promised)
        self.broken: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """An expected failure is no pass either, nor is an unexpected one."""
        name = report.nodeid.partition("[")[0]
        if name in self.promised and (report.outcome != "passed" or hasattr(report, "wasxfail")):
            self.broken.add(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A skipped test leaves a run green elsewhere; not where a provision rests on it."""
        if self.broken and not session.exitstatus:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which ones."""
        for name in sorted(self.broken):
            terminalreporter.write_line(f"a provision rests on this test, which did not pass: {name}", red=True)
