"""From the server's protocol to Django's: one request, one of a few threads, one answer.

Django's asynchronous handler is ten times slower on a small page than its plain one on a thread.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from granian.rsgi import HTTPProtocol, Scope

from tamizdat.server import pages
from tamizdat.server.messages import Answer, Header
from tamizdat.server.proxies import Proxies

log = logging.getLogger("tamizdat.server")

PUBLIC_LIMIT = 1_000_000
DESK_LIMIT = 25_000_000
# A longer body than this is not heard to its end.
HEARD = 50_000_000
PUBLIC_SECONDS = 20
DESK_SECONDS = 300
# More than this many requests waiting for a thread means that the next one had better come back later.
QUEUE = 64
# Headers that only a proxy of ours may set, and that the bridge has read by then.
FORWARDED = frozenset({"forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip"})
LATER = ("retry-after", "60")
_END = b""


class TooMuch(Exception):
    """The body is longer than this path takes."""


@dataclass
class Started:
    """What the application says before its body."""

    status: int = 500
    headers: list[Header] = field(default_factory=list)

    def __call__(self, status: str, headers: list[Header], exc_info: object = None) -> None:
        self.status, self.headers = int(status.split(" ", 1)[0]), headers


class Bridge:
    """Hands requests to a WSGI application that is loaded in the background."""

    def __init__(self, load: Callable[[], Callable[..., Any]], proxies: Proxies, threads: int = 4) -> None:
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="django")
        self.application = self.pool.submit(load)
        self.proxies, self.waiting, self.is_closed = proxies, 0, False

    async def answer(self, scope: Scope, proto: HTTPProtocol, *, is_desk: bool) -> Answer | None:
        """An answer to give, or None when it has been streamed."""
        limit, seconds = (DESK_LIMIT, DESK_SECONDS) if is_desk else (PUBLIC_LIMIT, PUBLIC_SECONDS)
        if self.waiting >= QUEUE:
            return _sorry(503, LATER)
        self.waiting += 1
        # Small bodies stay in memory; an upload for the desk goes to a nameless file.
        with tempfile.SpooledTemporaryFile(max_size=PUBLIC_LIMIT) as body:
            try:
                async with asyncio.timeout(seconds):
                    length = await _read(scope, proto, body, limit)
                if self.is_closed:
                    return _sorry(503, LATER)
                return await self._ask(self._environ(scope, body, length), proto)
            except TooMuch:
                log.warning("413: more than %s bytes at once", limit)
                return _sorry(413)
            except TimeoutError:
                log.warning("408: no whole request in %s seconds", seconds)
                return _sorry(408)
            finally:
                self.waiting -= 1

    def close(self) -> None:
        """Answer what has been begun; whoever asks now had better come back later."""
        self.is_closed = True
        self.pool.shutdown(wait=True, cancel_futures=True)

    async def _ask(self, environ: dict[str, Any], proto: HTTPProtocol) -> Answer | None:
        started = Started()
        try:
            result = await asyncio.wrap_future(self.pool.submit(self._begin, environ, started))
        except (RuntimeError, asyncio.CancelledError):
            # The pool was closed before a thread took this up, unless the reader has left.
            if not self.is_closed or _is_cancelled():
                raise
            return _sorry(503, LATER)
        if isinstance(result, bytes):
            return Answer(started.status, started.headers, result)
        await self._stream(result, proto.response_stream(started.status, started.headers))
        return None

    def _begin(self, environ: dict[str, Any], started: Started) -> Any:
        """The whole body, or what is to be streamed."""
        result = self.application.result()(environ, started)
        if getattr(result, "streaming", False):
            return result
        try:
            return b"".join(result)
        finally:
            _close(result)

    async def _stream(self, result: Any, transport: Any) -> None:
        loop, pieces = asyncio.get_running_loop(), iter(result)
        try:
            while piece := await loop.run_in_executor(self.pool, _next, pieces):
                await transport.send_bytes(piece)
        finally:
            if not self.is_closed:
                await loop.run_in_executor(self.pool, _close, result)

    def _environ(self, scope: Scope, body: IO[bytes], length: int) -> dict[str, Any]:
        peer, header = scope.client.rpartition(":")[0].strip("[]"), scope.headers.get
        host = scope.authority or header("host") or "localhost"
        name, _, port = scope.server.rpartition(":")
        scheme = self.proxies.scheme(peer, header, scope.scheme)
        return _headers(scope) | {
            "REQUEST_METHOD": scope.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": scope.path.encode().decode("latin-1"),
            "QUERY_STRING": scope.query_string,
            "CONTENT_LENGTH": str(length),
            "SERVER_NAME": name.strip("[]"),
            "SERVER_PORT": port,
            "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
            "REMOTE_ADDR": self.proxies.client(peer, header),
            "HTTP_HOST": host,
            "HTTP_X_FORWARDED_PROTO": scheme,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": body,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


async def _read(scope: Scope, proto: HTTPProtocol, body: IO[bytes], limit: int) -> int:
    """Copy the body into the file.

    What is longer is heard to its end and forgotten, because a browser whose upload is cut off shows an error of
    its own instead of our words; unless it is so long that hanging up is the only answer.
    """
    with suppress(ValueError):
        if int(scope.headers.get("content-length") or 0) > HEARD:
            raise TooMuch
    length = 0
    if scope.method not in ("GET", "HEAD"):
        async for chunk in proto:
            length += len(chunk)
            if length > HEARD:
                raise TooMuch
            if length <= limit:
                body.write(chunk)
    if length > limit:
        raise TooMuch
    body.seek(0)
    return length


def _headers(scope: Scope) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in scope.headers.items():
        # An underscore would let a header pass for another one.
        if name in FORWARDED or "_" in name or name == "content-length":
            continue
        key = "CONTENT_TYPE" if name == "content-type" else "HTTP_" + name.upper().replace("-", "_")
        joint = "; " if name == "cookie" else ","
        found[key] = f"{found[key]}{joint}{value}" if key in found else value
    return found


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _close(result: Any) -> None:
    """Tell the application that its answer has been taken."""
    getattr(result, "close", bool)()


def _next(pieces: Iterator[bytes]) -> bytes:
    """The next piece that is not empty; nothing at the end."""
    return next(filter(None, pieces), _END)


def _sorry(status: int, *extra: Header) -> Answer:
    return pages.answer(status, pages.plain(status), [("cache-control", "no-store"), *extra])
