"""A Redis of the tests' own, with the settings of deploy/redis.conf."""

import os
import secrets
import socket
from pathlib import Path
from urllib.parse import urlsplit

from devtools.services.debian import free_port, fresh_folder, run_as, stop_process, wait_for
from devtools.services.versions import REDIS
from devtools.terminal import ROOT

NAME = f"Redis {REDIS}"
OWNER = "redis"


def start(state: Path) -> str:
    """Start a fresh server behind a password; return its address."""
    stop(state)
    folder = fresh_folder(state / "redis", OWNER)
    port, password = free_port(), secrets.token_hex(24)
    own = f"port {port}\ndir {folder}\nlogfile {folder}/log\npidfile {folder}/pid\ndaemonize yes\n"
    settings = folder / "redis.conf"
    shipped = (ROOT / "deploy" / "redis.conf").read_text(encoding="utf-8")
    settings.write_text(f"{shipped}\n{own}requirepass {password}\n", encoding="utf-8")
    os.chown(settings, folder.stat().st_uid, folder.stat().st_gid)
    settings.chmod(0o600)
    return resume(state, f"redis://:{password}@127.0.0.1:{port}")


def resume(state: Path, url: str) -> str:
    """Start the server at this address on what it has: the first time, and again after it was killed."""
    folder = state / "redis"
    run_as(OWNER, ["redis-server", folder / "redis.conf"], f"{NAME} did not start")
    return wait_for(answers, url, 15, f"{NAME} is silent; see {folder}/log.")


def stop(state: Path) -> None:
    """End the server if it runs."""
    stop_process(state / "redis" / "pid", state / "redis")


def answers(url: str) -> bool:
    """Tell whether the server lets us in."""
    where = urlsplit(url)
    try:
        with socket.create_connection((where.hostname, where.port), timeout=2) as talk:
            talk.sendall(f"AUTH {where.password}\r\nPING\r\nQUIT\r\n".encode())
            return b"+PONG" in b"".join(iter(lambda: talk.recv(1024), b""))
    except OSError:
        return False
