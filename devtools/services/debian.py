"""What the servers need from Debian: packages, a folder for their state, processes under their own users."""

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from devtools.terminal import ROOT, Command, Stop, say

PACKAGES = ("postgresql", "redis-server", "clamav-daemon", "nginx", "chromium", "fonts-noto-cjk", "faketime")
HOME = Path("/var/lib/zhongyan-test")
POLICY = Path("/usr/sbin/policy-rc.d")
"""Debian asks this program whether a freshly installed server may start by itself."""


def at_home() -> bool:
    """Tell whether servers can be set up here: Debian, and root."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def refuse_elsewhere() -> None:
    """Raise Stop on a system where `services` cannot work."""
    if not at_home():
        raise Stop(
            "sets up servers as root on Debian only. Elsewhere name yours in DATABASE_URL, REDIS_URL,"
            " ELASTICSEARCH_URL and CLAMD, or start Docker: `make test` uses it by itself."
        )


def install(packages: Sequence[str] = PACKAGES) -> None:
    """Install the Debian packages that are missing, without letting them start anything."""
    missing = [package for package in packages if not _installed(package)]
    if not missing:
        return
    say(f"Installing {', '.join(missing)} …")
    with _nothing_starts_by_itself():
        _apt("update")
        _apt("install", "--yes", "--no-install-recommends", *missing)


def state_folder() -> Path:
    """Return this checkout's folder for the servers' data, which their users may enter."""
    folder = HOME / hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    for path in (HOME, folder):
        path.chmod(0o755)
    return folder


def remove_state() -> None:
    """Remove this checkout's data; what was downloaded for all checkouts stays."""
    shutil.rmtree(state_folder(), ignore_errors=True)


def fresh_folder(path: Path, owner: str) -> Path:
    """Return an empty folder that only its owner may enter."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    path.chmod(0o700)
    shutil.chown(path, owner, owner)
    return path


def run_as(user: str, command: Command, what: str, env: dict[str, str] | None = None) -> None:
    """Run a program as another user; raise Stop with the end of what it said when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **(env or {})},
        user=user,
        group=user,
        extra_groups=[],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise Stop(f"{what}. It said:\n{done.stdout[-2000:]}")


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(answers: Callable[[str], bool], url: str, seconds: int, otherwise: str) -> str:
    """Return the address once it answers; raise Stop with `otherwise` when it does not in time."""
    end = time.monotonic() + seconds
    while not answers(url):
        if time.monotonic() > end:
            raise Stop(otherwise)
        time.sleep(0.2)
    return url


def stop_process(pid_file: Path, folder: Path) -> None:
    """End the process a pid file names, if it is still the one that was started on this folder."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int(pid_file.read_text(encoding="ascii").split()[0])
        while _works_in(Path(f"/proc/{pid}"), folder):
            os.kill(pid, signal.SIGKILL)
            time.sleep(0.1)


def _works_in(process: Path, folder: Path) -> bool:
    """Elasticsearch names its folder in its arguments; Redis rewrites those, and has its folder as its own."""
    named = os.fsencode(folder) in (process / "cmdline").read_bytes()
    return named or (process / "cwd").readlink().is_relative_to(folder)


def _installed(package: str) -> bool:
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


def _apt(*words: str) -> None:
    command = ["apt-get", "--quiet=2", "--option=DPkg::Lock::Timeout=600", *words]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for pause in (5, 15, 30, 0):
        if subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False).returncode == 0:
            return
        time.sleep(pause)
    raise Stop(f"apt-get {words[0]} did not succeed; what it said stands above.")


@contextlib.contextmanager
def _nothing_starts_by_itself() -> Iterator[None]:
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()
