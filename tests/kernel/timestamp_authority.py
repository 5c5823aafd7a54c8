"""A time-stamping authority as a process of its own: real HTTP, real RFC 3161 by `openssl ts`, and told how to behave.

`python timestamp_authority.py FOLDER` prints its port; how it behaves stands in FOLDER/behaviour.
"""

import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONF = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/{name}.pem
signer_key = {folder}/{name}.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""
EXTENSIONS = "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n"
MEGABYTES = 10


def openssl(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    ran = subprocess.run(["openssl", *arguments], cwd=folder, input=given, capture_output=True)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout


def certificates(folder: Path) -> None:
    """An authority `ca`, its stamper `tsa`, one whose certificate is over, and a stranger with a root of their own."""
    for root in ("ca", "stranger_ca"):
        subject = f"/CN=Test {root}"
        key = ["-newkey", "rsa:2048", "-nodes", "-keyout", f"{root}.key", "-out", f"{root}.pem"]
        openssl(folder, "req", "-x509", *key, "-days", "3650", "-subj", subject)
    (folder / "extensions").write_text(EXTENSIONS)
    for name, root, days in (("tsa", "ca", "3650"), ("over", "ca", "-1"), ("stranger", "stranger_ca", "3650")):
        key = ["-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr"]
        openssl(folder, "req", *key, "-subj", f"/CN=Test {name}")
        signed = ["-CA", f"{root}.pem", "-CAkey", f"{root}.key", "-CAcreateserial", "-days", days]
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", *signed, "-extfile", "extensions", "-out", f"{name}.pem")


def stamped(folder: Path, question: bytes, name: str = "tsa") -> bytes:
    (folder / "serial").write_text("01") if not (folder / "serial").exists() else None
    (folder / "conf").write_text(CONF.format(folder=folder, name=name))
    (folder / "question").write_bytes(question)
    return openssl(folder, "ts", "-reply", "-config", "conf", "-section", "one", "-queryfile", "question")


def another_question(folder: Path, content: bytes) -> bytes:
    """For a number, or a digest, that nobody asked for."""
    (folder / "content").write_bytes(content)
    return openssl(folder, "ts", "-query", "-data", "content", "-sha256", "-cert")


class Handler(BaseHTTPRequestHandler):
    folder: Path

    def do_POST(self) -> None:
        question = self.rfile.read(int(self.headers["Content-Length"]))
        with (self.folder / "asked").open("ab") as kept:
            kept.write(question.hex().encode() + b"\n")
        behaviour = (self.folder / "behaviour").read_text()
        if behaviour == "500":
            return self.send_error(500)
        if behaviour == "redirect":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:9/")
            return self.end_headers()
        if behaviour == "slow":
            time.sleep(3)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        if behaviour == "drip":
            for _one in range(100):
                self.wfile.write(b"0")
                self.wfile.flush()
                time.sleep(0.1)
        self.wfile.write(self.answer(behaviour, question))
        return None

    def answer(self, behaviour: str, question: bytes) -> bytes:
        if behaviour == "garbage":
            return b"<html>not what you asked for</html>"
        if behaviour == "huge":
            return b"0" * (MEGABYTES * 1024 * 1024)
        if behaviour in {"over", "stranger"}:
            return stamped(self.folder, question, behaviour)
        if behaviour == "other number":
            return stamped(self.folder, another_question(self.folder, (self.folder / "said").read_bytes()))
        if behaviour == "other content":
            return stamped(self.folder, another_question(self.folder, b"something else"))
        return stamped(self.folder, question)

    def log_message(self, *_said: object) -> None:
        """Quiet."""


if __name__ == "__main__":
    Handler.folder = Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
