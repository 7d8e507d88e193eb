"""A BTCPay Server in this process, new for each story: what payers, the network and time do there."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from tamizdat.sandbox.btcpay import company, deliveries, invoices
from tamizdat.sandbox.company.store import Store
from tamizdat.support.rules.contract import Cadence
from tests.sides.json_contract import JsonContract
from tests.sides.side import DAY, Side

KEY, SECRET = "sandbox", "sandbox"
CONTRACT = JsonContract("btcpay", "greenfield-v2.4.1")


def account(address: str) -> str:
    """What keys/btcpay.toml says of a server there."""
    said = {"address": address, "store": invoices.STORE, "key": KEY, "webhook_secret": SECRET, "money": "test"}
    return "".join(f'{name} = "{value}"\n' for name, value in said.items())


class BTCPaySide(Side):
    """What `Till` needs of a company; the operations that can be struck are named by their requests."""

    code = "btcpay"
    kind_of_news = "delivery"
    called = "_order"
    checked = CONTRACT.checked
    cadences = frozenset(Cadence)
    currencies = ("USD", "EUR")
    asks_each_time = True
    operations: ClassVar[Mapping[str, str]] = {
        "start": "POST /api/v1/stores/[^/]+/invoices$",
        "look": "GET /api/v1/stores/[^/]+/invoices",
        "fetch": "GET /api/v1/stores/[^/]+/invoices",
        "refund": "POST /api/v1/invoices/[^/]+/refund",
        "find": "GET /api/v1/stores/[^/]+/pull-payments",
        "invoice": "GET /api/v1/invoices/",
        "list": "GET /api/v1/(webhooks|stores/[^/]+/webhooks)",
    }

    def settings(self) -> str:
        return account(self.address)

    # What is told

    def events(self, ref: str) -> list[tuple[Mapping[str, str], bytes]]:
        """All that is told of one gift."""
        return self.signed([one for one in self.store.find("delivery")[::-1] if one["metadata"]["orderId"] == ref])

    def signed(self, told: list[dict[str, Any]]) -> list[tuple[Mapping[str, str], bytes]]:
        return [deliveries.sign(SECRET, one, int(time.time())) for one in told]

    def sign(self, raw: bytes, at: datetime) -> Mapping[str, str]:
        return deliveries.signed(SECRET, raw)

    def unknown_event(self, ref: str) -> bytes:
        said = {"originalDeliveryId": "new", "type": "MoonRose", "timestamp": int(time.time())}
        return json.dumps({**said, "storeId": invoices.STORE, "metadata": {"orderId": ref}}).encode()

    # How it stands there

    def terms(self) -> dict[str, tuple[int, int | None]]:
        """Nothing is taken by itself."""
        return {}

    def balance(self) -> dict[str, int]:
        """All that came and stays, by currency: what was set aside to go back is no longer ours."""
        sums: dict[str, int] = {}
        for one in self.store.find("invoice"):
            came = Decimal(one["paidAmount"])
            if one["status"] == "Settled":
                came = came or Decimal(one["amount"])
            elif one["status"] != "Expired" or self.store.now() < one["monitoringExpiration"]:
                continue
            sums[one["currency"]] = sums.get(one["currency"], 0) + int(came * 100)
        for pull in self.store.find("pull"):
            if not pull["archived"]:
                sums[pull["currency"]] -= int(Decimal(pull["amount"]) * 100)
        return {code: minor for code, minor in sums.items() if minor}

    def returned(self) -> list[Any]:
        """What went back, for whatever reason."""
        return self.store.find("pull")

    def periods(self) -> list[tuple[str, str]]:
        """What was paid, once for each invoice that the newsroom opened for a promise."""
        paid = [one for one in self.store.find("invoice") if one["status"] == "Settled"]
        return [(one["metadata"]["orderId"], one["metadata"]["attempt"]) for one in paid]

    def asked_back(self) -> list[tuple[str, int]]:
        """What was asked to be given back: under which request, how much."""
        ours = [one for one in self.store.find("pull") if one["description"]]
        return [(one["description"].split()[1], int(Decimal(one["amount"]) * 100)) for one in ours]

    # What payers, the network and time do. Each answers whether there was anything to do it to.

    def pay(self, ref: str = "") -> bool:
        return self._each("invoice", invoices.pay, status="New", ref=ref)

    def pay_half(self) -> bool:
        return self._each("invoice", lambda store, one: invoices.pay(store, one, share="0.5"), status="New")

    def pay_twice(self) -> bool:
        return self._each("invoice", lambda store, one: invoices.pay(store, one, share="2"), status="New")

    def pay_slowly(self) -> bool:
        """The network needs time to confirm it."""
        return self._each("invoice", lambda store, one: invoices.pay(store, one, is_confirmed=False), status="New")

    def arrive(self) -> bool:
        return self._each("invoice", invoices.confirm, status="Processing")

    def bounce(self) -> bool:
        return self._each("invoice", invoices.bounce, status="Processing")

    def leave(self) -> bool:
        return self._each("invoice", invoices.expire, status="New")

    def mark(self) -> bool:
        """A person says that it was paid."""
        return self._each("invoice", lambda store, one: invoices.mark(store, one, "Settled"), status="Expired")

    def mend(self) -> bool:
        """Coins come after the hour."""
        return self._each("invoice", invoices.pay, status="Expired")

    def give_back(self) -> bool:
        """A part, by somebody at the server's own desk."""
        wish = {"refundVariant": "Custom", "customAmount": "1.00"}

        def some(store: Store, one: dict[str, Any]) -> None:
            invoices.refund(store, one, {**wish, "customCurrency": one["currency"]})

        return self._each("invoice", some, status="Settled")

    def fail_refund(self) -> bool:
        """Nobody fetched it, and it was archived."""
        with self.store.work():
            open_ones = [one for one in self.store.find("pull") if not one["archived"]]
            return bool(open_ones) and bool(invoices.archive(self.store, open_ones[0]))

    def rest(self) -> None:
        """Until nothing more can come of any invoice."""
        self.wait(2 * DAY)


@contextmanager
def btcpay_side(events_to: str = "") -> Iterator[BTCPaySide]:
    store = Store(":memory:")
    company.found(store, events_to)
    with BTCPaySide.beside(company.BTCPay(store, key=KEY, secret=SECRET), store, CONTRACT.check) as side:
        yield side
