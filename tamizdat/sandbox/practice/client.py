"""The company's API from Python, for scripts and tests. Standard library only; no Django."""

import http.client
import json
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from tamizdat.sandbox.practice.rules import Refused

PATIENCE_SECONDS = 60


class Client:
    """Talks to the company at `address` with the shop's key. What the company refuses raises Refused."""

    def __init__(self, address: str, key: str) -> None:
        self.address, self.key = address.rstrip("/"), key

    def open_order(self, *, key: str, **terms: Any) -> dict[str, Any]:
        """An order on these terms; the same key again gives the same order."""
        return self.ask("POST", "/api/orders", terms, key=key)

    def order(self, order: str) -> dict[str, Any]:
        """The truth about an order."""
        return self.ask("GET", f"/api/orders/{order}")

    def approve(self, order: str, *, failing_renewals: Sequence[int] = ()) -> dict[str, Any]:
        """Press Approve for the payer, at the company's time; 1 is the first renewal that could fail."""
        wish = {"verdict": "approved", "failing_renewals": list(failing_renewals)}
        return self.ask("POST", f"/api/orders/{order}/decision", wish)

    def decline(self, order: str) -> dict[str, Any]:
        """Press Decline for the payer."""
        return self.ask("POST", f"/api/orders/{order}/decision", {"verdict": "declined"})

    def abandon(self, order: str) -> dict[str, Any]:
        """Leave for the payer, without deciding."""
        return self.ask("POST", f"/api/orders/{order}/decision", {"verdict": "abandoned"})

    def cancel(self, order: str, *, key: str = "") -> dict[str, Any]:
        """Let no further charge come."""
        return self.ask("POST", f"/api/orders/{order}/cancel", {}, key=key)

    def refund(self, charge: str, *, amount_minor: int | None = None, key: str = "") -> dict[str, Any]:
        """Give back part of a charge, or all that is left."""
        wish = {} if amount_minor is None else {"amount_minor": amount_minor}
        return self.ask("POST", f"/api/charges/{charge}/refunds", wish, key=key)

    def now(self) -> datetime:
        """The company's time."""
        return datetime.fromisoformat(self.ask("GET", "/api/clock")["now"])

    def advance(self, to: datetime) -> datetime:
        """Move the company's clock forward; all renewals on the way have happened when this returns."""
        return datetime.fromisoformat(self.ask("POST", "/api/clock", {"to": to.isoformat()})["now"])

    def lines(self) -> Iterator[dict[str, Any]]:
        """The whole statement, oldest first."""
        cursor = ""
        while page := self.ask("GET", f"/api/lines?since={cursor}")["lines"]:
            yield from page
            cursor = page[-1]["id"]

    def events(self) -> Iterator[dict[str, Any]]:
        """Every event there ever was, oldest first, delivered or not."""
        cursor = ""
        while page := self.ask("GET", f"/api/events?since={cursor}")["events"]:
            yield from page
            cursor = page[-1]["cursor"]

    def waiting(self) -> int:
        """How many deliveries the shop has not accepted yet."""
        return self.ask("GET", "/api/events")["waiting"]

    def ask(self, method: str, path: str, body: object = None, *, key: str = "") -> dict[str, Any]:
        """One request; without a key it gets one of its own."""
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Idempotency-Key": key or secrets.token_hex(16),
            "Content-Type": "application/json",
        }
        where = urlsplit(self.address)
        connect = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        line = connect(where.netloc, timeout=PATIENCE_SECONDS)
        try:
            line.request(method, where.path + path, None if body is None else json.dumps(body), headers)
            answer = line.getresponse()
            told = json.loads(answer.read())
        finally:
            line.close()
        if answer.status >= 400:
            raise Refused(**told["error"], status=answer.status)
        return told
