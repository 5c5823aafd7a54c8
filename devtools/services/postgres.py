"""A PostgreSQL cluster of the tests' own: what Debian ships, on a free port, faster than it is safe."""

import os
import secrets
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from devtools.services.debian import free_port, fresh_folder, run_as
from devtools.services.versions import POSTGRESQL
from devtools.terminal import Command, Stop

NAME = f"PostgreSQL {POSTGRESQL}"
PROGRAMS = Path("/usr/lib/postgresql") / POSTGRESQL / "bin"
OWNER = "postgres"
THROWAWAY = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "300",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}
"""Durability costs minutes, and nothing in this cluster outlives the tests."""


def start(state: Path) -> str:
    """Make a fresh cluster with the role and database `zhongyan`; return its address."""
    stop(state)
    folder = fresh_folder(state / "postgres", OWNER)
    port, password = free_port(), secrets.token_hex(24)
    _initialise(folder, password)
    options = {**THROWAWAY, "port": str(port), "unix_socket_directories": str(folder)}
    words = " ".join(f"-c {name}={value}" for name, value in options.items())
    command = [*_control(folder), "--wait", "--timeout=60", f"--log={folder}/log", f"--options={words}", "start"]
    run_as(OWNER, command, f"{NAME} did not start")
    _make_database(folder, port, password)
    return f"postgres://zhongyan:{password}@127.0.0.1:{port}/zhongyan"


def stop(state: Path) -> None:
    """Stop the cluster if it runs; its data is not worth a clean end."""
    if (state / "postgres" / "data" / "postmaster.pid").exists():
        command = [*_control(state / "postgres"), "--mode=immediate", "--wait", "stop"]
        subprocess.run(command, cwd="/", user=OWNER, group=OWNER, extra_groups=[], capture_output=True, check=False)


def answers(url: str) -> bool:
    """Tell whether the server lets us in."""
    where = urlsplit(url)
    known = {
        "PGHOST": str(where.hostname),
        "PGPORT": str(where.port),
        "PGUSER": str(where.username),
        "PGPASSWORD": str(where.password),
        "PGDATABASE": where.path.strip("/"),
        "PGCONNECT_TIMEOUT": "5",
    }
    command = [str(PROGRAMS / "psql"), "--no-psqlrc", "--command=SELECT 1"]
    try:
        return subprocess.run(command, env={**os.environ, **known}, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _control(folder: Path) -> list[str]:
    return [str(PROGRAMS / "pg_ctl"), f"--pgdata={folder}/data", "--silent"]


def _initialise(folder: Path, password: str) -> None:
    if not (PROGRAMS / "initdb").exists():
        raise Stop(f"{NAME} is not what this Debian ships ({PROGRAMS} is missing).")
    secret = folder / "password"
    secret.write_text(password, encoding="ascii")
    secret.chmod(0o600)
    os.chown(secret, folder.stat().st_uid, folder.stat().st_gid)
    command: Command = [PROGRAMS / "initdb", f"--pgdata={folder}/data", f"--pwfile={secret}", "--auth=scram-sha-256"]
    run_as(OWNER, [*command, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], f"{NAME} made no cluster")


def _make_database(folder: Path, port: int, password: str) -> None:
    psql: Command = [PROGRAMS / "psql", "--no-psqlrc", "--quiet", f"--host={folder}", f"--port={port}"]
    role = f"--command=CREATE ROLE zhongyan LOGIN CREATEDB PASSWORD '{password}'"
    database = "--command=CREATE DATABASE zhongyan OWNER zhongyan"
    run_as(OWNER, [*psql, role, database], f"{NAME} made no database", {"PGPASSWORD": password})
