"""The same servers by Docker Compose, for the tests of a machine where a Docker engine answers."""

import os
import shutil
import subprocess

from devtools.dotenv import TEMPLATE
from devtools.terminal import ROOT, Stop, say

PROJECT = "zhongyan-test"
PASSWORD = "only-for-tests-on-loopback"  # noqa: S105  # the servers are throw-aways that hear loopback only
FILES = ("--file", "docker-compose.yml", "--file", "deploy/compose.test.yml")
PORTS = {
    "DATABASE_URL": ("postgres", 5432, f"postgres://zhongyan:{PASSWORD}@%s/zhongyan"),
    "REDIS_URL": ("redis", 6379, f"redis://:{PASSWORD}@%s"),
    "ELASTICSEARCH_URL": ("elasticsearch", 9200, f"http://elastic:{PASSWORD}@%s"),
    "CLAMD": ("clamav", 3310, "%s"),
}


def available() -> bool:
    """Tell whether a Docker engine answers and its client knows Compose."""
    if shutil.which("docker") is None:
        return False
    return all(
        subprocess.run(["docker", *words], capture_output=True, check=False).returncode == 0
        for words in (["version", "--format", "{{.Server.Version}}"], ["compose", "version"])
    )


def start() -> dict[str, str]:
    """Start the four servers, wait until they are healthy and return their addresses."""
    services = [service for service, _, _ in PORTS.values()]
    say(f"Starting {', '.join(services)} with Docker Compose …")
    _compose("up", "--detach", "--wait", *services)
    return {name: url % _compose("port", service, str(port)) for name, (service, port, url) in PORTS.items()}


def _compose(*words: str) -> str:
    command = ["docker", "compose", "--project-name", PROJECT, *FILES, *words]
    done = subprocess.run(command, cwd=ROOT, env=_environment(), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Stop(f"docker compose {words[0]} did not succeed; what it said stands above.")
    return done.stdout.strip()


def _environment() -> dict[str, str]:
    pairs = (line.split("=", 1) for line in TEMPLATE.splitlines() if "=" in line and not line.startswith("#"))
    return {**{name: value.replace("{secret}", PASSWORD) for name, value in pairs}, **os.environ}
