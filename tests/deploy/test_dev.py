"""dev.py and the locks: what a newcomer's first commands promise."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import dotenv, environment, locks, running, testing, words
from devtools.terminal import Stop

ROOT = Path(__file__).resolve().parents[2]


def pins(lock: str) -> set[str]:
    """Return `name==version` of each package of a lock."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return set(re.findall(r"^[\w.-]+==[\w.]+", text, re.MULTILINE))


def test_make_knows_every_word_and_help_explains_it() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r"^WORDS := (.*)$", makefile, re.MULTILINE)[0].split() == [
        *("run", "quick", "test", "messages", "provisions", "lint", "bench", "drill", "services"),
        *("env", "reset", "lock", "help"),
    ]
    shown = subprocess.run([sys.executable, "dev.py"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert shown.returncode == 0
    assert {line.split()[0] for line in shown.stdout.splitlines() if line.startswith("  ")} == set(words.WORDS)


def test_an_unknown_word_is_answered_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert words.main(["fly"]) == 2
    assert "There is no word “fly”" in capsys.readouterr().out


def test_a_taken_port_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(taken))
        with pytest.raises(Stop, match=f"port {taken} is taken; choose another: PORT={taken + 1} make run"):
            running.run([])


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_an_impossible_port_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Stop, match=f"PORT={port} is not a port number"):
        running.run([])


def test_reset_removes_what_the_product_stored_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    for name in ("db.sqlite3", "db.sqlite3-wal", "search.db", "secret_key", "thesis.odt"):
        (tmp_path / name).write_text("x")
    assert running.reset([]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]
    assert capsys.readouterr().out.count("Removed ") == 4
    running.reset([])
    assert "Nothing is stored" in capsys.readouterr().out


def test_env_writes_fresh_secrets_once_for_the_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dotenv, "ROOT", tmp_path)
    dotenv.write([])
    written = tmp_path / ".env"
    first = written.read_text(encoding="utf-8")
    secrets = re.findall(r"^\w+=([0-9a-f]{64})$", first, re.MULTILINE)
    assert len(secrets) == len(set(secrets)) == 7
    assert os.name != "posix" or written.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Stop, match="there already"):
        dotenv.write([])
    assert written.read_text(encoding="utf-8") == first


@pytest.mark.parametrize("lock", locks.SETS)
def test_every_locked_package_has_its_hashes_and_no_host(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", text.strip())
    assert len(entries) == len(pins(lock))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def test_the_wider_lock_holds_the_narrower_one() -> None:
    for narrow, wider in environment.WIDER.items():
        for wide in wider:
            assert pins(narrow) <= pins(wide)


def test_every_wanted_package_is_locked_and_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")
    for lock in locks.SETS:
        source = (ROOT / "requirements" / f"{lock}.in").read_text(encoding="utf-8")
        wanted = {match.lower() for match in re.findall(r"^([A-Za-z][\w.-]*)", source, re.MULTILINE)}
        assert wanted - {pin.split("==")[0] for pin in pins(lock)} == set()
        assert {name for name in wanted if f"| {name} |" not in reasons} == set()


def test_what_pip_was_told_uv_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "SSL_CERT_FILE", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "mirror")
    monkeypatch.setenv("PIP_CERT", "house.pem")
    told = environment._told_to_uv()
    assert (told["UV_DEFAULT_INDEX"], told["SSL_CERT_FILE"], "UV_INDEX" in told) == ("mirror", "house.pem", False)
    monkeypatch.setenv("UV_DEFAULT_INDEX", "own")
    assert environment._told_to_uv()["UV_DEFAULT_INDEX"] == "own"


def test_what_is_not_run_is_said_and_in_ci_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    said = testing._left_out(None, None)
    assert [line.split(".")[0] for line in said] == [
        "NOT RUN: the production tier",
        "NOT RUN: the journeys in a browser",
    ]
    assert testing._left_out({"DATABASE_URL": "…"}, "chromium") == []
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Stop, match="nothing may be left out in CI"):
        testing._left_out(None, "chromium")


def test_half_named_servers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.delenv("ELASTICSEARCH_URL", raising=False)
    monkeypatch.delenv("CLAMD", raising=False)
    with pytest.raises(Stop, match="only DATABASE_URL is set"):
        testing._servers()


def test_ci_turns_a_skipped_test_red(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text("import pytest\ndef test_a():\n    pytest.skip('today')\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "devtools.no_skips", "-p", "no:django"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(tmp_path), str(tmp_path)],
        capture_output=True,
        text=True,
        env=env,
    )
    assert done.returncode == 1
    assert "left out, which CI does not allow: test_one.py::test_a" in done.stdout


def test_no_word_is_run_on_an_old_python() -> None:
    old = "import shutil, sys; sys.version_info = (3, 9, 2); sys.argv = ['dev.py']; shutil.which = lambda name: None"
    start = f"{old}; import runpy; runpy.run_path('dev.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", start], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("Zhongyan needs Python 3.11 or newer; this is 3.9.2")
