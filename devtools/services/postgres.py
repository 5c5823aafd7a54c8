"""A PostgreSQL cluster of the tests' own: what Debian ships, on a free port, faster than it is safe."""

import os
import secrets
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from devtools.services.debian import free_port, fresh_folder, run_as, wait_for
from devtools.services.versions import POSTGRESQL
from devtools.terminal import Command, Stop

NAME = f"PostgreSQL {POSTGRESQL}"
PROGRAMS = Path("/usr/lib/postgresql") / POSTGRESQL / "bin"
OWNER = "postgres"
COMMON = {"listen_addresses": "'127.0.0.1'", "max_connections": "300"}
THROWAWAY = {**COMMON, "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Durability costs minutes, and nothing in this cluster outlives the tests."""
TALKATIVE = {
    **COMMON,
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "log_min_error_statement": "debug5",
}
"""As durable as shipped, and every statement in its log with every value: for whoever kills it, or reads over it."""


def start(state: Path, settings: Mapping[str, str] = THROWAWAY) -> str:
    """Make a fresh cluster with the role and database `zhongyan`; return its address."""
    stop(state)
    folder = fresh_folder(state / "postgres", OWNER)
    port, password = free_port(), secrets.token_hex(24)
    _initialise(folder, password)
    _configure(folder, {**settings, "port": str(port), "unix_socket_directories": f"'{folder}'"})
    _run(folder)
    _make_database(folder, port, password)
    return f"postgres://zhongyan:{password}@127.0.0.1:{port}/zhongyan"


def resume(state: Path, url: str) -> str:
    """Start the cluster at this address again on what it has, after it was killed; returns when it answers."""
    folder = state / "postgres"
    _run(folder)
    return wait_for(answers, url, 60, f"{NAME} is silent; see {folder}/log.")


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


def _run(folder: Path) -> None:
    command = [*_control(folder), "--wait", "--timeout=60", f"--log={folder}/log", "start"]
    run_as(OWNER, command, f"{NAME} did not start")


def _configure(folder: Path, settings: Mapping[str, str]) -> None:
    with (folder / "data" / "postgresql.conf").open("a", encoding="ascii") as written:
        written.writelines(f"{name} = {value}\n" for name, value in settings.items())


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
