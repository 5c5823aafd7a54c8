"""A ClamAV of the tests' own: the real clamd with one signature, of the EICAR test file; no database is fetched."""

import os
import socket
from pathlib import Path

from devtools.services.debian import free_port, fresh_folder, run_as, stop_process, wait_for
from devtools.services.versions import CLAMAV
from devtools.terminal import ROOT

NAME = f"ClamAV {CLAMAV}"
OWNER = "clamav"
ELSEWHERE = ("TCPSocket", "TCPAddr", "LocalSocket", "DatabaseDirectory")
EICAR = "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n"
"""MD5, length, name: the form of a .hdb file."""


def start(state: Path) -> str:
    """Start a fresh scanner with the settings of deploy/clamd.conf; return its address."""
    stop(state)
    folder = fresh_folder(state / "clamav", OWNER)
    port = free_port()
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "test.hdb").write_text(EICAR, encoding="ascii")
    listening = f"TCPSocket {port}\nTCPAddr 127.0.0.1\n"
    own = f"{listening}DatabaseDirectory {signatures}\nLogFile {folder}/log\nPidFile {folder}/pid\n"
    settings = folder / "clamd.conf"
    shipped = (ROOT / "deploy" / "clamd.conf").read_text(encoding="utf-8").splitlines()
    common = [line for line in shipped if not line.startswith(ELSEWHERE)]
    settings.write_text("\n".join([*common, own]), encoding="utf-8")
    for path in (signatures, signatures / "test.hdb", settings):
        os.chown(path, folder.stat().st_uid, folder.stat().st_gid)
    run_as(OWNER, ["clamd", f"--config-file={settings}"], f"{NAME} did not start")
    return wait_for(answers, f"127.0.0.1:{port}", 60, f"{NAME} is silent; see {folder}/log.")


def stop(state: Path) -> None:
    """End the scanner if it runs."""
    stop_process(state / "clamav" / "pid", state / "clamav")


def answers(address: str) -> bool:
    """Tell whether the scanner is there."""
    host, _colon, port = address.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=2) as talk:
            talk.sendall(b"zPING\0")
            return talk.recv(16) == b"PONG\0"
    except OSError:
        return False
