"""Run as a program: PORT. Speaks clamd's INSTREAM; what it answers is named on standard input, a word a line."""

import socketserver
import struct
import sys
import threading
import time

ANSWERS = {
    "clean": b"stream: OK\0",
    "found": b"stream: Test.Malware FOUND\0",
    "error": b"INSTREAM size limit exceeded. ERROR\0",
    "garbage": b"\xff\xfe<html>OK\0",
    "nearly": b"stream: OK FOUND nothing\0",
    "half": b"stream: O",
    "silent": b"",
}
now = ["clean"]


class Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = self._line()
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
            return
        while length := struct.unpack(">I", self.rfile.read(4) or bytes(4))[0]:
            self.rfile.read(length)
        if now[0] == "late":
            time.sleep(5)
        self.wfile.write(ANSWERS.get(now[0], b""))

    def _line(self) -> bytes:
        said = b""
        while not said.endswith(b"\0"):
            said += self.rfile.read(1)
        return said[:-1]


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def listen() -> None:
    for line in sys.stdin:
        now[0] = line.strip()


if __name__ == "__main__":
    threading.Thread(target=listen, daemon=True).start()
    Server(("127.0.0.1", int(sys.argv[1])), Talk).serve_forever()
