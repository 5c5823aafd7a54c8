"""A pytest plugin for CI, where nothing may be left out: a skipped or expected-to-fail test fails the run."""

import pytest


class NothingLeftOut:
    """Counts the tests that did not run, and turns a green run red when there were any."""

    def __init__(self) -> None:
        self.left_out: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped:
            self.left_out.add(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.left_out and not session.exitstatus:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for name in sorted(self.left_out):
            terminalreporter.write_line(f"left out, which CI does not allow: {name}", red=True)


def pytest_configure(config: pytest.Config) -> None:
    """Register the counter in the process that collects the reports."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(NothingLeftOut(), "nothing-left-out")
