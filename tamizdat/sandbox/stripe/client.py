"""What payers, banks and time do at the make-believe Stripe, from Python: for scripts and tests."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

PATIENCE_SECONDS = 60


class Client:
    """Stands on the other side of the company at `address`. What is refused raises ValueError."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")

    def do(self, verb: str, id: str = "", **given: Any) -> Any:
        """pay, decline, expire (a session) · mend (an invoice) · fail-next (a subscription's renewals) · dispute (a
        charge) · close-dispute · fail-refund · payouts · set (any thing's values)."""
        return self._ask("POST", f"/sandbox/{verb}", {"id": id, **given} if id else given)

    def find(self, kind: str, **equal: str) -> list[dict[str, Any]]:
        """All things of a kind, newest first."""
        return self._ask("GET", f"/sandbox/find?{urlencode({'kind': kind, **equal})}")

    def events(self) -> list[dict[str, Any]]:
        """Every event there ever was, oldest first, told or not."""
        return self._ask("GET", "/sandbox/events")

    def balance(self) -> dict[str, int]:
        """By currency, all that came less all that went, payouts to the shop's bank apart."""
        return self._ask("GET", "/sandbox/balance")

    def requests(self) -> list[tuple[str, str, str]]:
        """Everything the shop ever asked: method, path, form."""
        return self._ask("GET", "/sandbox/requests")

    def now(self) -> int:
        return self._ask("GET", "/sandbox/clock")["now"]

    def waiting(self) -> int:
        """How many events the shop has not accepted yet."""
        return self._ask("GET", "/sandbox/clock")["waiting"]

    def advance(self, *, to: int) -> int:
        """Move the company's clock forward; all that falls due on the way has happened when this returns."""
        return self._ask("POST", "/sandbox/clock", {"to": to})["now"]

    def faults(self, *wanted: dict[str, Any]) -> None:
        """Order mishaps: see sandbox/company/faults.py."""
        self._ask("POST", "/sandbox/faults", list(wanted))

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        where = urlsplit(self.address)
        line = http.client.HTTPConnection(where.netloc, timeout=PATIENCE_SECONDS)
        try:
            line.request(method, path, None if body is None else json.dumps(body))
            answer = line.getresponse()
            told = json.loads(answer.read())
        finally:
            line.close()
        if answer.status >= 400:
            raise ValueError(told["error"]["message"])
        return told
