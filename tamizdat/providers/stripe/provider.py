"""Stripe as a provider: its hosted page, its schedule, its SDK. It translates and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import stripe
from django.conf import settings
from django.utils.translation import gettext_lazy

from tamizdat.money import Money
from tamizdat.providers import timed_signature
from tamizdat.providers.stripe import account, checking, minor, reading
from tamizdat.providers.stripe.account import Account
from tamizdat.providers.stripe.wire import asking, client
from tamizdat.support.rules.contract import (
    BadSignature,
    Cadence,
    Capabilities,
    Change,
    GiveUp,
    Intent,
    Notice,
    Redirect,
    Snapshot,
    StatementLine,
    Urls,
)

LARGEST_EVENT = 1_000_000
SIGNATURE = "Stripe-Signature"
# Half an hour is the least that Stripe takes; the rest is for a reader who presses the button again.
OPEN_FOR = timedelta(minutes=60)
INTERVALS = {Cadence.MONTHLY: "month", Cadence.ANNUAL: "year"}
LOCALES = {"en": "en", "ru": "ru", "es": "es", "fr": "fr", "de": "de", "zh": "zh"}  # others: as the browser asks
SESSION = [
    "subscription.latest_invoice", "subscription.default_payment_method", "payment_intent",
    "customer.invoice_settings.default_payment_method",
]  # fmt: skip
CHARGES = [
    "data.balance_transaction", "data.refunds.data.balance_transaction",
    "data.refunds.data.failure_balance_transaction",
]  # fmt: skip
PAGE = 100


class Stripe:
    """One account."""

    def __init__(self, ours: Account) -> None:
        self._account = ours

    @cached_property
    def _api(self) -> Any:
        """Made when Stripe is asked; an event that it tells needs none."""
        return client(self._account).v1

    @classmethod
    def from_settings(cls) -> Stripe:
        """The account that keys/stripe.toml names. Raises NotSetUp."""
        return cls(account.read(settings.KEYS / "stripe.toml"))

    def capabilities(self) -> Capabilities:
        """Every cadence, every currency. With a test key no real money moves."""
        return Capabilities(
            code="stripe",
            label=gettext_lazy("Card or wallet (Stripe)"),
            cadences=frozenset(Cadence),
            currencies=None,
            is_pretend=self._account.is_test,
            changes=frozenset(Change),
        )

    def check(self, events_url: str) -> list[str]:
        """What is wrong with key, account and webhook, a sentence each."""
        return checking.findings(self._api, self._account, events_url)

    def start(self, intent: Intent, urls: Urls) -> Redirect:
        """Open a page of Stripe's; the reader pays there. Its customer is made for this gift alone."""
        try:
            terms = _terms(intent, urls)
        except ValueError as error:
            raise GiveUp(str(error)) from error
        with asking():
            session = self._api.checkout.sessions.create(terms, {"idempotency_key": intent.attempt_key}).to_dict()
            # Asked again after it was paid, the same key gives the page as it was first.
            return Redirect(url=session["url"], ref=session["id"])

    def verify(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> list[Notice]:
        """The event's hint, if it is about a gift. Raises BadSignature."""
        given = {name.lower(): value for name, value in headers.items()}.get(SIGNATURE.lower(), "")
        secret = self._account.webhook_secret
        timed_signature.check(given, raw, secret=secret, now=now, name=SIGNATURE, largest=LARGEST_EVENT)
        try:
            event = json.loads(raw)
            self._check_is_ours(event)
            return reading.notice(event)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise BadSignature(f"a signed body that is not an event ({error!r})") from error

    def _check_is_ours(self, event: dict[str, Any]) -> None:
        if event["livemode"] is self._account.is_test:
            raise BadSignature("an event of live money at a test account, or the reverse")
        whose = event.get("account") or self._account.account
        if self._account.account and whose != self._account.account:
            raise BadSignature(f"an event of another account, {whose}")

    def fetch(self, ref: str) -> Snapshot:
        """The truth about one gift, by its session, its customer or one of its charges."""
        with asking():
            session = self._session(ref)
            charges = self._charges(session)
            disputes = [found for one in charges if one["disputed"] for found in self._disputes(one["id"])]
            return reading.snapshot(session, charges, disputes)

    def _session(self, ref: str) -> dict[str, Any]:
        if ref.startswith("cs_"):
            return _with_payer(self._api.checkout.sessions.retrieve(ref, {"expand": SESSION}).to_dict())
        if ref.startswith("cus_"):
            wanted: Any = {"customer": ref}
        else:
            charge = self._api.charges.retrieve(ref).to_dict()
            customer = charge["customer"]
            wanted = {"customer": customer} if customer else {"payment_intent": charge["payment_intent"]}
        expand = [f"data.{name}" for name in SESSION]
        found = self._api.checkout.sessions.list({**wanted, "limit": 1, "expand": expand}).to_dict()["data"]
        if not found:
            raise GiveUp(f"Stripe knows no gift by {ref}")
        return _with_payer(found[0])

    def _charges(self, session: dict[str, Any]) -> list[dict[str, Any]]:
        customer, intent = session["customer"], session["payment_intent"]
        if not customer and not intent:
            return []
        wanted: Any = {"customer": customer} if customer else {"payment_intent": intent["id"]}
        found = self._api.charges.list({**wanted, "limit": PAGE, "expand": CHARGES})
        return [one.to_dict() for one in found.auto_paging_iter()]

    def _disputes(self, charge: str) -> list[dict[str, Any]]:
        return self._api.disputes.list({"charge": charge, "limit": PAGE}).to_dict()["data"]

    def refund(self, charge_id: str, amount: Money | None, key: str) -> str:
        """Give back part of a charge, or all that is left; the refund's id.

        Stripe forgets a key after a day, and an errand may be older: so the key stands in the refund as well, and is
        looked for first.
        """
        with asking():
            made = self._api.refunds.list({"charge": charge_id, "limit": PAGE}).to_dict()["data"]
            for one in made:
                if one["metadata"].get("request") == key:
                    return str(one["id"])
            wish: Any = {"charge": charge_id, "metadata": {"request": key}, "reason": "requested_by_customer"}
            if amount is not None:
                wish["amount"] = minor.written(amount)
            return str(self._api.refunds.create(wish, {"idempotency_key": key}).id)

    def cancel(self, ref: str, key: str) -> None:
        """Let no further charge come; an open page is closed."""
        with asking():
            session = self._session(ref)
            subscription = session["subscription"]
            if session["status"] == "open":
                self._api.checkout.sessions.expire(session["id"], {}, {"idempotency_key": key})
            elif subscription and subscription["status"] not in ("canceled", "incomplete_expired"):
                self._api.subscriptions.cancel(subscription["id"])

    def set_amount(self, ref: str, amount: Money, key: str) -> None:
        """From the next period on another price; nothing is charged or given back for the present one."""
        with asking():
            of = self._running(ref)
            (item,) = of["items"]["data"]
            price = item["price"]
            terms = {"currency": price["currency"], "product": price["product"],
                     "recurring": {"interval": price["recurring"]["interval"]},
                     "unit_amount": minor.written(amount)}  # fmt: skip
            wish: Any = {"items": [{"id": item["id"], "price_data": terms}], "proration_behavior": "none"}
            self._api.subscriptions.update(of["id"], wish, {"idempotency_key": key})

    def pause(self, ref: str, until: datetime | None, key: str) -> None:
        """Invoices of the pause are void; Stripe goes on by itself when it is over."""
        with asking():
            of = self._running(ref)
            paused: Any = {"behavior": "void", "resumes_at": int(until.timestamp())} if until else ""
            self._api.subscriptions.update(of["id"], {"pause_collection": paused}, {"idempotency_key": key})

    def method_url(self, ref: str, back: str) -> str:
        """Stripe's own portal, opened at the one question which card is to pay.

        What is chosen there becomes the customer's card, and a subscription's own, which Checkout gives it, goes before
        it: so that one is made the customer's first.
        """
        with asking():
            of = self._running(ref)
            if own := of["default_payment_method"]:
                self._pays_by_customer(of, own["id"])
            wish: Any = {
                "customer": of["customer"], "return_url": back, "flow_data": {"type": "payment_method_update"},
            }  # fmt: skip
            return str(self._api.billing_portal.sessions.create(wish).url)

    def _pays_by_customer(self, of: dict[str, Any], card: str) -> None:
        """The same card pays as before. In this order, so that there is always one."""
        theirs: Any = {"invoice_settings": {"default_payment_method": card}}
        self._api.customers.update(of["customer"], theirs, {"idempotency_key": f"{card}-of-{of['customer']}"})
        none: Any = {"default_payment_method": ""}
        self._api.subscriptions.update(of["id"], none, {"idempotency_key": f"{card}-not-of-{of['id']}"})

    def _running(self, ref: str) -> dict[str, Any]:
        of = self._session(ref)["subscription"]
        if not of or of["status"] in ("canceled", "incomplete_expired"):
            raise GiveUp("nothing of this gift goes on")
        found: dict[str, Any] = of
        return found

    def forget(self, ref: str, key: str) -> None:
        """Delete the customer that was made for the gift: name, address and card go, and its subscription ends."""
        self.cancel(ref, key)
        with asking():
            customer = self._session(ref)["customer"]
            try:
                if customer:
                    self._api.customers.delete(customer)
            except stripe.InvalidRequestError as error:
                if error.code != "resource_missing":  # deleted before: that is what was wanted
                    raise

    def events_since(self, cursor: str) -> tuple[list[Notice], str]:
        """Hints after `cursor` ("" for the last thirty days, which is all that Stripe keeps), oldest first."""
        with asking():
            rows, cursor = self._newer(self._api.events, cursor)
            return [hint for row in rows for hint in reading.notice(row)], cursor

    def lines_since(self, cursor: str) -> tuple[list[StatementLine], str]:
        """Rows of the balance after `cursor`, oldest first; none is the end."""
        with asking():
            rows, cursor = self._newer(self._api.balance_transactions, cursor, expand=["data.source"])
            return [reading.line(row) for row in rows], cursor

    def paid_out(self, payout: str) -> Money | None:
        """What the rows of a payout come to, the payout's own apart."""
        with asking():
            rows = self._api.balance_transactions.list({"payout": payout, "limit": PAGE}).auto_paging_iter()
            told = [row.to_dict() for row in rows if row.type != "payout"]
            sums = {row["currency"]: 0 for row in told}
            for row in told:
                sums[row["currency"]] += row["net"]
            ((currency, net),) = sums.items()
            return minor.read(net, currency)

    def _newer(self, section: Any, cursor: str, **more: Any) -> tuple[list[dict[str, Any]], str]:
        """Stripe lists newest first: the next page after the cursor, or, without one, all there is."""
        found = section.list({"limit": PAGE, **more, **({"ending_before": cursor} if cursor else {})})
        rows = found.data if cursor else list(found.auto_paging_iter())
        told = [row.to_dict() for row in reversed(rows)]
        return told, told[-1]["id"] if told else cursor


def _with_payer(session: dict[str, Any]) -> dict[str, Any]:
    """The customer's id where it stands otherwise, and beside it what was asked of the customer."""
    payer = session["customer"] or {}
    return {**session, "payer": payer, "customer": payer.get("id")}


def _terms(intent: Intent, urls: Urls) -> Any:
    """What Stripe is asked. Nothing says who gives: it asks them itself. Raises ValueError."""
    marks = {"contribution": str(intent.contribution)}
    price: dict[str, Any] = {
        "currency": intent.amount.currency.lower(),
        "unit_amount": minor.written(intent.amount),
        "product_data": {"name": intent.description},
    }
    terms: dict[str, Any] = {
        "line_items": [{"quantity": 1, "price_data": price}],
        "client_reference_id": marks["contribution"],
        "metadata": marks,
        "success_url": urls.back,
        "cancel_url": urls.abandoned,
        "locale": LOCALES.get(intent.language, "auto"),
        "expires_at": int((intent.begun_at + OPEN_FOR).timestamp()),
    }
    if intent.cadence is Cadence.ONCE:
        own = {"submit_type": "donate", "customer_creation": "always", "payment_intent_data": {"metadata": marks}}
        return {"mode": "payment", **terms, **own}
    price["recurring"] = {"interval": INTERVALS[intent.cadence]}
    return {"mode": "subscription", **terms, "subscription_data": {"metadata": marks}}
