"""Payment companies in this process, new for each story: what payers, banks, networks and time do there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from tamizdat.sandbox.company.signing import signature
from tamizdat.sandbox.company.store import Store, shown
from tamizdat.sandbox.stripe import api, billing, charges, portal, sessions
from tamizdat.sandbox.stripe import company as stripe
from tamizdat.support.rules.contract import Cadence
from tests.sides import wire_contract
from tests.sides.side import Side

KEY, SECRET = "sk_test_sandbox", "whsec_sandbox"

MONTH = 31 * 86400


def account(address: str) -> str:
    """What keys/stripe.toml says of a company there."""
    return f'key = "{KEY}"\nwebhook_secret = "{SECRET}"\naddress = "{address}"\n'


class StripeSide(Side):
    """What `Till` needs of a company; the operations that can be struck are named by their requests."""

    code = "stripe"
    kind_of_news = "event"
    checked = wire_contract.CHECKED
    cadences = frozenset(Cadence)
    currencies = ("USD", "EUR", "JPY")
    operations: ClassVar[Mapping[str, str]] = {
        "start": "POST /v1/checkout/sessions$",
        "fetch": "GET /v1/(checkout/sessions|charges)",
        "refund": "POST /v1/refunds",
        "find": "GET /v1/refunds",
        "change": "POST /v1/subscriptions/",
        "cancel": "DELETE /v1/subscriptions",
        "list": "GET /v1/(events|balance_transactions)",
    }

    def settings(self) -> str:
        return account(self.address)

    def exchange(self) -> None:
        with self.store.work():
            self.store.change(self.store.find("account")[0], _exchanges_into="usd")

    # What is told

    def events(self, ref: str) -> list[tuple[dict[str, str], bytes]]:
        """All that is told of one gift."""
        session = self.store.get(ref)
        mine = {ref, session["customer"]} | {
            one["id"] for one in self.store.find("charge", customer=session["customer"])
        }
        return self.signed([event for event in self.store.find("event")[::-1] if _about(event) & mine])

    def signed(self, events: list[dict[str, Any]]) -> list[tuple[dict[str, str], bytes]]:
        raws = [json.dumps(shown(event)).encode() for event in events]
        return [(self.sign(raw, datetime.now(UTC)), raw) for raw in raws]

    def sign(self, raw: bytes, at: datetime) -> dict[str, str]:
        return {"Stripe-Signature": signature(SECRET, raw, at=int(at.timestamp()))}

    def unknown_event(self, ref: str) -> bytes:
        thing = {"id": ref if ref.startswith("cs_") else "cs_test_none", "object": "checkout.session"}
        return json.dumps({"id": "evt_new", "type": "moon.rose", "livemode": False, "data": {"object": thing}}).encode()

    # How it stands there

    def terms(self) -> dict[str, tuple[int, int | None]]:
        """Of each promise that goes on: what the next payment will be, and until when it is paused."""
        going = [one for one in self.store.find("subscription") if one["status"] != "canceled"]
        return {
            one["metadata"]["contribution"]: (
                one["items"]["data"][0]["price"]["unit_amount"], (one["pause_collection"] or {}).get("resumes_at"),
            )
            for one in going
        }  # fmt: skip

    def balance(self) -> dict[str, int]:
        """All that is the shop's there, by currency."""
        sums: dict[str, int] = {}
        for row in self.store.find("balance_transaction"):
            if row["type"] != "payout":
                code = row["currency"].upper()
                sums[code] = sums.get(code, 0) + row["net"]
        return {code: minor for code, minor in sums.items() if minor}

    def returned(self) -> list[Any]:
        """What went back, for whatever reason."""
        return self.store.find("refund") + self.store.find("dispute")

    def periods(self) -> list[tuple[str, str]]:
        """What was paid, once for each charge: the promise and its period."""
        taken = [one for one in self.store.find("charge") if one["status"] == "succeeded"]
        intents = {one["payment_intent"]: self.store.get(one["payment_intent"]) for one in taken}
        return [(one["metadata"]["contribution"], intents[one["payment_intent"]]["_invoice"]) for one in taken]

    def asked_back(self) -> list[tuple[str, int]]:
        """What the shop asked to be given back: under which request, how much."""
        back = [one for one in self.store.find("refund") if one["reason"] == "requested_by_customer"]
        return [(one["metadata"].get("request", ""), one["amount"]) for one in back]

    # What payers, banks and time do. Each answers whether there was anything to do it to.

    def pay(self, ref: str = "") -> bool:
        return self._each("checkout.session", sessions.pay, status="open", ref=ref)

    def pay_slowly(self) -> bool:
        """By a method that needs days: the page is done, the money is not there."""
        return self._each("checkout.session", sessions.pay_slowly, status="open")

    def arrive(self) -> bool:
        return self._each("checkout.session", sessions.arrive, payment_status="unpaid")

    def bounce(self) -> bool:
        return self._each("checkout.session", sessions.bounce, payment_status="unpaid")

    def decline(self) -> bool:
        return self._each("checkout.session", sessions.decline, status="open")

    def leave(self) -> bool:
        return self._each("checkout.session", sessions.expire, status="open")

    def month(self) -> bool:
        return self.wait(MONTH)

    def rest(self) -> None:
        """Nothing is left open by time alone."""

    def fail_cards(self) -> bool:
        fails = {"_failing": [billing.FOREVER]}
        return self._each("subscription", lambda store, one: store.change(one, **fails), status="active")

    def mend(self) -> bool:
        return self._each("invoice", billing.mend, status="open")

    def name_card(self) -> bool:
        """On the portal's page."""
        return self._each("billing_portal.session", portal.change_card)

    def end(self) -> bool:
        return self._each("subscription", billing.end, status="active")

    def give_back(self) -> bool:
        """A part, by somebody at the company's own desk."""

        def some(store: Store, one: dict[str, Any]) -> None:
            charges.refund(store, {"charge": one["id"], "amount": "100"})

        return self._each("charge", some, status="succeeded")

    def fail_refund(self) -> bool:
        return self._each("refund", lambda store, one: charges.fail_refund(store, one["id"]), status="succeeded")

    def dispute(self) -> bool:
        return self._each("charge", lambda store, one: charges.dispute(store, one["id"]), status="succeeded")

    def win(self) -> bool:
        return self._close(is_won=True)

    def lose(self) -> bool:
        return self._close(is_won=False)

    def _close(self, *, is_won: bool) -> bool:
        def close(store: Store, one: dict[str, Any]) -> None:
            charges.close_dispute(store, one["id"], is_won=is_won)

        return self._each("dispute", close, status="needs_response")


def _about(event: dict[str, Any]) -> set[str]:
    thing = event["data"]["object"]
    return (
        set() if thing["object"] == "customer" else {thing["id"], thing.get("customer"), thing.get("charge")} - {None}
    )


@contextmanager
def stripe_side() -> Iterator[StripeSide]:
    store = Store(":memory:")
    api.found(store, "")
    with StripeSide.beside(stripe.Stripe(store, key=KEY, secret=SECRET), store, wire_contract.check_stripe) as side:
        yield side
