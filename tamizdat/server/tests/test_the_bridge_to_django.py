"""Requests cross the bridge with their limits; nobody but our proxies says who is asking."""

import asyncio
import threading
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from tamizdat.server.bridge import DESK_LIMIT, HEARD, PUBLIC_LIMIT, QUEUE, Bridge
from tamizdat.server.proxies import Proxies


class Headers:
    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = pairs

    def get(self, name: str, default: str | None = None) -> str | None:
        return dict(reversed(self.pairs)).get(name, default)

    def items(self) -> list[tuple[str, str]]:
        return self.pairs


class Wire:
    """The server's side: gives the body in pieces, notes what was streamed."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.read, self.sent = pieces, 0, b""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            self.read += len(piece)
            yield piece

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> "Wire":
        self.status = status
        return self

    async def send_bytes(self, piece: bytes) -> None:
        self.sent += piece


def held(begun: threading.Event, release: threading.Event) -> Any:
    """An application that says when it has begun and answers when it is let go."""

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        begun.set()
        release.wait(10)
        start("200 OK", [])
        return [b"ok"]

    return application


def scope(method: str = "POST", path: str = "/support/", **named: Any) -> Any:
    headers = named.pop("headers", [])
    return SimpleNamespace(
        **{
            "method": method,
            "path": path,
            "query_string": "a=%20",
            "client": "10.0.0.1:5000",
            "server": "127.0.0.1:8000",
            "scheme": "http",
            "authority": None,
            "http_version": "1.1",
            "headers": Headers([("host", "paper.example"), *headers]),
        }
        | named
    )


def cross(application: Any, wire: Wire, asked: Any, **options: Any) -> Any:
    bridge = Bridge(lambda: application, Proxies(options.pop("proxies", [])))
    try:
        return asyncio.run(bridge.answer(asked, wire, is_desk=options.pop("is_desk", False)))
    finally:
        bridge.close()


def environ_of(asked: Any, wire: Wire | None = None, **options: Any) -> dict[str, Any]:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.update(environ, body=environ["wsgi.input"].read())
        start("200 OK", [("content-type", "text/plain")])
        return [b"a", b"b"]

    assert cross(application, wire or Wire(), asked, **options).body == b"ab"
    return seen


def test_a_request_arrives_whole():
    seen = environ_of(scope(path="/ru/я/"), Wire(b"amount=", b"5"))
    assert seen["body"] == b"amount=5"
    assert seen["CONTENT_LENGTH"] == "8"
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/ru/я/"
    assert (seen["QUERY_STRING"], seen["HTTP_HOST"], seen["SERVER_PORT"]) == (
        "a=%20",
        "paper.example",
        "8000",
    )


def test_headers_of_one_name_are_joined_and_none_passes_for_another():
    pairs = [("x-a", "1"), ("x-a", "2"), ("cookie", "a=1"), ("cookie", "b=2"), ("x_forwarded_for", "9.9.9.9")]
    seen = environ_of(scope(headers=[*pairs, ("content-type", "text/plain")]))
    assert (seen["HTTP_X_A"], seen["HTTP_COOKIE"], seen["CONTENT_TYPE"]) == ("1,2", "a=1; b=2", "text/plain")
    assert "HTTP_X_FORWARDED_FOR" not in seen


@pytest.mark.parametrize(
    ("client", "forwarded", "address", "scheme"),
    [
        ("10.0.0.1:5000", "", "10.0.0.1", "https"),
        ("10.0.0.1:5000", "203.0.113.9", "203.0.113.9", "https"),
        ("10.0.0.1:5000", "8.8.8.8, 203.0.113.9, 10.1.1.1", "203.0.113.9", "https"),
        ("192.0.2.1:5000", "203.0.113.9", "192.0.2.1", "http"),
        ("[2001:db8::1]:5000", "203.0.113.9", "2001:db8::1", "http"),
    ],
)
def test_only_our_proxies_are_believed(client, forwarded, address, scheme):
    headers = [
        ("x-forwarded-for", forwarded),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "evil.example"),
    ]
    seen = environ_of(scope(client=client, headers=headers), proxies=["10.0.0.0/8"])
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == (address, scheme)
    assert seen["HTTP_X_FORWARDED_PROTO"] == scheme
    assert seen["HTTP_HOST"] == "paper.example"
    assert "HTTP_X_FORWARDED_HOST" not in seen


@pytest.mark.parametrize(("is_desk", "limit"), [(False, PUBLIC_LIMIT), (True, DESK_LIMIT)])
def test_too_much_is_heard_to_its_end_and_forgotten(is_desk, limit):
    wire = Wire(*[b"x" * 500_000] * (limit // 500_000 + 3))
    answer = cross(None, wire, scope(headers=[("content-length", str(limit + 1_500_000))]), is_desk=is_desk)
    assert (answer.status, wire.read) == (413, limit + 1_500_000)
    assert b"too much at once" in answer.body


def test_far_too_much_is_refused_by_its_announced_length_unread():
    wire = Wire(b"x")
    assert cross(None, wire, scope(headers=[("content-length", str(HEARD + 1))])).status == 413
    assert wire.read == 0


def test_a_body_without_end_is_cut_off():
    wire = Wire(*[b"x" * 1_000_000] * 60)
    assert cross(None, wire, scope()).status == 413
    assert wire.read == HEARD + 1_000_000


def test_a_reader_who_stops_sending_is_not_waited_for(monkeypatch):
    class Stalled(Wire):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            await asyncio.sleep(60)
            yield b""

    monkeypatch.setattr("tamizdat.server.bridge.PUBLIC_SECONDS", 0.05)
    assert cross(None, Stalled(), scope()).status == 408


def test_a_long_answer_is_streamed_and_closed():
    class Export:
        streaming, closed = True, False

        def __iter__(self):
            return iter([b"a,b\n", b"", b"1,2\n"])

        def close(self):
            self.closed = True

    export = Export()

    def application(environ, start):
        start("200 OK", [])
        return export

    wire = Wire()
    assert cross(application, wire, scope("GET")) is None
    assert (wire.status, wire.sent, export.closed) == (200, b"a,b\n1,2\n", True)


def test_a_crowd_is_asked_to_come_back():
    release = threading.Event()

    def application(environ, start):
        release.wait(10)
        start("200 OK", [])
        return [b"ok"]

    async def crowd() -> list[int]:
        asked = [asyncio.create_task(bridge.answer(scope("GET"), Wire(), is_desk=False)) for _ in range(QUEUE + 3)]
        await asyncio.sleep(0.1)
        release.set()
        return [answer.status for answer in await asyncio.gather(*asked)]

    bridge = Bridge(lambda: application, Proxies([]))
    statuses = asyncio.run(crowd())
    bridge.close()
    assert (statuses.count(200), statuses.count(503)) == (QUEUE, 3)


def test_who_asks_while_we_stop_is_asked_to_come_back_and_what_was_begun_is_answered():
    begun, release = threading.Event(), threading.Event()

    class Slow(Wire):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            await asyncio.to_thread(closed.wait, 10)
            yield b"a=1"

    async def asked() -> list[int]:
        early = [asyncio.create_task(bridge.answer(scope("GET"), Wire(), is_desk=False))]
        early.append(asyncio.create_task(bridge.answer(scope(), Slow(), is_desk=False)))
        await asyncio.to_thread(begun.wait, 10)
        release.set()
        await asyncio.to_thread(bridge.close)
        closed.set()
        late = await bridge.answer(scope("GET"), Wire(), is_desk=False)
        return [answer.status for answer in [*await asyncio.gather(*early), late]]

    closed = threading.Event()
    bridge = Bridge(lambda: held(begun, release), Proxies([]))
    assert asyncio.run(asked()) == [200, 503, 503]


def test_who_still_waits_for_a_thread_while_we_stop_is_asked_to_come_back():
    begun, release = threading.Event(), threading.Event()

    async def asked() -> list[int]:
        early = [asyncio.create_task(bridge.answer(scope("GET"), Wire(), is_desk=False)) for _ in range(3)]
        await asyncio.to_thread(begun.wait, 10)
        closing = asyncio.create_task(asyncio.to_thread(bridge.close))
        waiting = await asyncio.gather(*early[1:])
        release.set()
        await closing
        return [answer.status for answer in [await early[0], *waiting]]

    bridge = Bridge(lambda: held(begun, release), Proxies([]), threads=1)
    assert asyncio.run(asked()) == [200, 503, 503]
