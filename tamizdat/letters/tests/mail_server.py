"""A mail server on the loopback that answers as it is told."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socket import SO_LINGER, SOL_SOCKET

SILENCE, RESET = b"silence", b"reset"


class Talk(socketserver.StreamRequestHandler):
    """One connection. `server.answers` replaces the reply to a command, or to the letter's end (".")."""

    server: "MailServer"

    def handle(self) -> None:
        self.say("", b"220 here")
        while line := self.rfile.readline():
            command = line.split()[0].upper().decode() if line.split() else ""
            if not self.say(command, b"354 go on" if command == "DATA" else b"250 fine"):
                return
            if command == "DATA" and "DATA" not in self.server.answers:
                self.server.letters.append(self.read_letter())
                if not self.say(".", b"250 taken"):
                    return
            if command == "QUIT":
                return

    def read_letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def say(self, command: str, usual: bytes) -> bool:
        """Answer; False when the talk is over."""
        answer = self.server.answers.get(command, usual)
        if answer == SILENCE:
            self.server.is_over.wait(10)
            return False
        if answer == RESET:
            self.request.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
            return False
        self.wfile.write(answer + b"\r\n")
        return True


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.answers: dict[str, bytes] = {}
        self.letters: list[bytes] = []
        self.is_over = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of what is tested."""


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.is_over.set()
        server.shutdown()
        thread.join()
