"""What the newsroom does next depends on how the company failed: TryLater or GiveUp, nothing else."""

import json
import socket
import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tamizdat.money import Money
from tamizdat.providers import wire
from tamizdat.providers.practice.provider import Practice
from tamizdat.support.rules.contract import Cadence, GiveUp, Intent, TryLater, Urls

BEGUN = datetime(2026, 11, 23, 9, tzinfo=UTC)
INTENT = Intent(uuid4(), Money(500, "USD"), Cadence.ONCE, "en", "The Test Gazette", "attempt-1", BEGUN)
URLS = Urls(back="https://give.example/back/", abandoned="https://give.example/left/")


class Stub:
    """A company that says the same bytes to everybody, then hangs up."""

    def __init__(self, says: bytes | None) -> None:
        self.says, self.heard = says, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        held = []
        while True:
            try:
                line, _ = self.socket.accept()
            except OSError:
                return
            self.heard.append(line.recv(65536))
            if self.says is None:
                held.append(line)  # never answers
            else:
                line.sendall(self.says)
                line.close()


@pytest.fixture
def stub():
    stubs = []

    def make(says: bytes | None) -> Stub:
        stubs.append(Stub(says))
        return stubs[-1]

    yield make
    for one in stubs:
        one.socket.close()


def answer(status: str, body: bytes, length: int | None = None, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body) if length is None else length}\r\n{more}"
    return f"{head}Connection: close\r\n\r\n".encode() + body


VERBS = {
    "start": lambda provider: provider.start(INTENT, URLS),
    "fetch": lambda provider: provider.fetch("order_1"),
    "refund": lambda provider: provider.refund("charge_1", Money(100, "USD"), "refund-1"),
    "cancel": lambda provider: provider.cancel("order_1", "cancel-1"),
    "lines": lambda provider: provider.lines_since("7"),
}
UNKNOWN_OUTCOMES = {
    "500": answer("500 Oops", b"{}"),
    "503": answer("503 Busy", b"<h1>busy</h1>"),
    "429": answer("429 Slower", b"{}"),
    "html": answer("200 OK", b"<!doctype html><p>Welcome to the hotel network"),
    "truncated": answer("200 OK", b'{"id": "order_1", "url": "http', length=500),
    "list": answer("200 OK", b"[]"),
    "too deep": answer("200 OK", b"[" * 50_000),
    "empty": answer("200 OK", b""),
    "reset": b"",
    "no http": b"220 mail.example ESMTP\r\n",
}


@pytest.mark.parametrize("outcome", UNKNOWN_OUTCOMES)
@pytest.mark.parametrize("verb", VERBS)
def test_an_unknown_outcome_is_tried_later(stub, verb, outcome):
    with pytest.raises(TryLater):
        VERBS[verb](Practice(stub(UNKNOWN_OUTCOMES[outcome]).address, "key"))


@pytest.mark.parametrize("verb", ["start", "fetch", "lines"])
@pytest.mark.parametrize("body", [b"{}", b'{"lines": 3, "currency": "XXX"}', b'{"lines": [{}], "url": 1}'])
def test_an_answer_that_lacks_what_we_need_is_tried_later(stub, verb, body):
    with pytest.raises(TryLater):
        VERBS[verb](Practice(stub(answer("200 OK", body)).address, "key"))


@pytest.mark.parametrize("status", ["400 Bad", "401 Who", "402 Pay", "404 None", "409 Conflict", "410 Gone"])
@pytest.mark.parametrize("verb", VERBS)
def test_a_refusal_is_final_and_says_why(stub, verb, status):
    body = json.dumps({"error": {"code": "x", "message": "Not on a Monday."}}).encode()
    with pytest.raises(GiveUp, match=r"Not on a Monday\."):
        VERBS[verb](Practice(stub(answer(status, body)).address, "key"))


def test_a_refusal_without_words_names_its_status(stub):
    with pytest.raises(GiveUp, match="404 None"):
        VERBS["fetch"](Practice(stub(answer("404 None", b"nginx")).address, "key"))


def test_a_redirect_is_not_followed_with_our_key(stub):
    elsewhere = stub(answer("200 OK", b"{}"))
    moved = stub(answer("302 Moved", b"", more=f"Location: {elsewhere.address}/\r\n"))
    with pytest.raises(GiveUp):
        VERBS["fetch"](Practice(moved.address, "key"))
    assert elsewhere.heard == []


def test_nobody_at_the_address_is_tried_later():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(TryLater):
        VERBS["fetch"](Practice(address, "key"))


def test_silence_is_not_waited_for(stub, monkeypatch):
    monkeypatch.setattr(wire, "PATIENCE_SECONDS", 0.2)
    with pytest.raises(TryLater, match="Timeout"):
        VERBS["start"](Practice(stub(None).address, "key"))


@pytest.mark.parametrize(("verb", "key"), [("start", "attempt-1"), ("refund", "refund-1"), ("cancel", "cancel-1")])
def test_what_changes_something_carries_its_own_key(stub, verb, key):
    company = stub(answer("500 Oops", b""))
    with pytest.raises(TryLater):
        VERBS[verb](Practice(company.address, "key"))
    assert f"Idempotency-Key: {key}\r\n".encode() in company.heard[0]


def test_an_odd_reference_stays_inside_its_part_of_the_address(stub):
    company = stub(answer("404 None", b""))
    with pytest.raises(GiveUp):
        Practice(company.address, "key").fetch("../clock?x= \r\nEvil: 1")
    assert company.heard[0].startswith(b"GET /api/orders/..%2Fclock%3Fx%3D%20%0D%0AEvil%3A%201 HTTP/1.1\r\n")
