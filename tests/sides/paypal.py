"""A PayPal in this process, new for each story: what payers, banks, networks and time do there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from tamizdat.money import EXPONENTS
from tamizdat.sandbox.company.store import Store
from tamizdat.sandbox.paypal import billing, company, events, money, orders
from tamizdat.support.rules.contract import Cadence
from tests.sides.json_contract import JsonContract
from tests.sides.side import DAY, Side, Told

KEY, SECRET = "sandbox", "sandbox"
CONTRACT = JsonContract(
    "paypal", "checkout_orders_v2", "billing_subscriptions_v1", "payments_payment_v2", "catalogs_products_v1",
    "customer_disputes_v1", "notifications_webhooks_v1", "reporting_transactions_v1",
)  # fmt: skip


def account(address: str) -> str:
    """What keys/paypal.toml says of a company there."""
    said = {"client_id": KEY, "client_secret": SECRET, "webhook_id": company.WEBHOOK, "money": "test",
            "address": address}  # fmt: skip
    return "".join(f'{name} = "{value}"\n' for name, value in said.items())


class PayPalSide(Side):
    """What `Till` needs of a company; the operations that can be struck are named by their requests."""

    code = "paypal"
    kind_of_news = "event"
    statement_tells = True
    checked = CONTRACT.checked
    cadences = frozenset(Cadence)
    currencies = ("USD", "EUR", "JPY")
    operations: ClassVar[Mapping[str, str]] = {
        "start": "POST /v2/checkout/orders$|POST /v1/billing/subscriptions$",
        "look": "GET /v1/billing/plans",
        "fetch": "GET /v2/checkout/orders|GET /v1/billing/subscriptions",
        "capture": "POST /v2/checkout/orders/[^/]+/capture",
        "refund": "POST /v2/payments/captures/[^/]+/refund",
        "find": "GET /v1/reporting",
        "cancel": "POST /v1/billing/subscriptions/[^/]+/cancel",
        "list": "GET /v1/notifications/webhooks-events",
    }

    def settings(self) -> str:
        return account(self.address)

    # What is told

    def events(self, ref: str) -> list[Told]:
        """All that is told of one gift."""
        return self.signed([one for one in self.store.find("event")[::-1] if ref in json.dumps(one["resource"])])

    def signed(self, events_: list[dict[str, Any]]) -> list[Told]:
        return [(self.sign(raw, datetime.now(UTC)), raw) for raw in map(events.raw, events_)]

    def sign(self, raw: bytes, at: datetime) -> Mapping[str, str]:
        return events.sign(self.address, company.WEBHOOK, raw, at)

    def unknown_event(self, ref: str) -> bytes:
        return json.dumps({"id": "WH-new", "event_type": "CHECKOUT.ORDER.MOONLIT", "resource": {"id": ref}}).encode()

    # How it stands there

    def terms(self) -> dict[str, tuple[int, int | None]]:
        """Nothing is changed there."""
        return {}

    def balance(self) -> dict[str, int]:
        """All that is the newsroom's there, by currency."""
        return {code: _minor(value, code) for code, value in money.balance(self.store).items() if value}

    def returned(self) -> list[Any]:
        """What went back, for whatever reason."""
        return self.store.find("refund") + self.store.find("dispute")

    def periods(self) -> list[tuple[str, str]]:
        """What was paid, once for each payment: the promise and its period."""
        paid = [one for kind in money.PAYMENTS for one in self.store.find(kind) if "seller_receivable_breakdown" in one]
        return [(one["custom_id"], str(one.get("_period", "once"))) for one in paid]

    def asked_back(self) -> list[tuple[str, int]]:
        """What was asked to be given back: under which request, how much."""
        ours = [one for one in self.store.find("refund") if one["custom_id"]]
        amounts = ((one["custom_id"], one["amount"]) for one in ours)
        return [(id, _minor(Decimal(amount["value"]), amount["currency_code"])) for id, amount in amounts]

    # What payers, banks and time do. Each answers whether there was anything to do it to.

    def pay(self, ref: str = "") -> bool:
        return self._each("subscription", billing.approve, status="APPROVAL_PENDING", ref=ref) or self._each(
            "order", orders.approve, status="PAYER_ACTION_REQUIRED", ref=ref
        )

    def pay_slowly(self) -> bool:
        """By a bank that needs days."""
        return self._approve(is_slow=True)

    def decline(self) -> bool:
        """By a card that is refused."""
        return self._approve(is_refused=True)

    def _approve(self, **how: bool) -> bool:
        waits = {"status": "PAYER_ACTION_REQUIRED"}
        return self._each("order", lambda store, one: orders.approve(store, one, **how), **waits)

    def arrive(self) -> bool:
        return self._each("capture", money.complete, status="PENDING")

    def bounce(self) -> bool:
        return self._each("capture", orders.bounce, status="PENDING")

    def month(self) -> bool:
        return self.wait(31 * DAY)

    def exchange_held(self) -> bool:
        """What is held in other currencies becomes dollars."""
        with self.store.work():
            return bool(money.exchange(self.store))

    def rest(self) -> None:
        """Until nothing more can come of what was only begun, and the report has told everything."""
        self.wait(2 * DAY)

    def fail_cards(self) -> bool:
        return self._each("subscription", lambda store, one: store.change(one, _is_failing=True), status="ACTIVE")

    def mend(self) -> bool:
        return self._each("subscription", billing.mend, status="ACTIVE")

    def end(self) -> bool:
        """By the payer, at PayPal."""
        return self._each("subscription", billing.cancel, status="ACTIVE")

    def give_back(self) -> bool:
        """A part, by somebody at the company's own desk."""
        part = {"amount": {"currency_code": "USD", "value": "1.00"}}
        return self._of_payment(lambda store, one: money.refund(store, one, part))

    def dispute(self) -> bool:
        return self._of_payment(money.dispute)

    def win(self) -> bool:
        return self._close(is_won=True)

    def lose(self) -> bool:
        return self._close(is_won=False)

    def _close(self, *, is_won: bool) -> bool:
        waits = {"status": "WAITING_FOR_SELLER_RESPONSE"}
        return self._each("dispute", lambda store, one: money.close_dispute(store, one, is_won=is_won), **waits)

    def _of_payment(self, act: Any) -> bool:
        return any(self._each(kind, act, status="COMPLETED") for kind in money.PAYMENTS)


def _minor(value: Decimal, currency: str) -> int:
    return int(value.scaleb(EXPONENTS[currency]))


@contextmanager
def paypal_side(events_to: str = "") -> Iterator[PayPalSide]:
    store = Store(":memory:")
    company.found(store, events_to)
    with PayPalSide.beside(company.PayPal(store, key=KEY, secret=SECRET), store, CONTRACT.check) as side:
        yield side
