"""An ear between a browser and the world: a proxy that answers for every host, and keeps each request as it came."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread


@dataclass
class World:
    """`pages` are answered at every host by their path; whatever else is asked is answered with nothing."""

    pages: dict[str, bytes] = field(default_factory=dict)
    heard: list[bytes] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)
    port: int = 0

    @property
    def counts(self) -> list[bytes]:
        """What was asked of /counts/, at any host: head and body."""
        return [request for request in self.heard if b"/counts/" in request.partition(b"\r\n")[0]]

    def answer(self, request: bytes) -> bytes:
        with self.lock:
            self.heard.append(request)
        body = self.pages.get(path(request))
        if body is None:
            return b"HTTP/1.1 204 No Content\r\ncache-control: no-store\r\n\r\n"
        # As every server of ours answers with a page.
        head = "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\nreferrer-policy: no-referrer\r\n"
        return f"{head}content-length: {len(body)}\r\n\r\n".encode() + body


def path(request: bytes) -> str:
    """Where to: a proxy is asked for whole addresses."""
    return "/" + request.split(b" ", 2)[1].decode().partition("://")[2].partition("/")[2]


class Line(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        while request := self._request():
            self.wfile.write(self.server.world.answer(request))

    def _request(self) -> bytes:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline()
            if not line:
                return b""
            head += line
        length = next((int(one[15:]) for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:")), 0)
        return head + self.rfile.read(length)


@contextmanager
def listening() -> Iterator[World]:
    world = World()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line) as server:
        server.daemon_threads, server.block_on_close = True, False
        server.world, world.port = world, server.server_address[1]
        Thread(target=server.serve_forever, daemon=True).start()
        yield world
        server.shutdown()
