"""PayPal as a provider: its own page, its orders and subscriptions. It translates and writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import timezone

from tamizdat.money import Money
from tamizdat.providers.paypal import account, checking, plans, reading, report, signature, terms
from tamizdat.providers.paypal.account import Account
from tamizdat.providers.paypal.reading import Thing
from tamizdat.providers.paypal.wire import ask
from tamizdat.providers.wire import understanding
from tamizdat.support.rules.contract import (
    BadSignature,
    Cadence,
    Capabilities,
    GiveUp,
    Intent,
    Notice,
    Redirect,
    Refunded,
    Snapshot,
    StatementLine,
    Urls,
)

# PayPal keeps events for thirty days, and its report for three years.
EVENTS_KEPT, REPORT_KEPT = timedelta(days=29), timedelta(days=3 * 365)
PAGE = 300


class PayPal:
    """One app of one business account."""

    def __init__(self, ours: Account) -> None:
        self._account = ours

    @classmethod
    def from_settings(cls) -> PayPal:
        """The app that keys/paypal.toml names. Raises NotSetUp."""
        return cls(account.read(settings.KEYS / "paypal.toml"))

    def capabilities(self) -> Capabilities:
        """Every cadence. Another amount would have to be agreed to at PayPal: whoever wants one begins anew."""
        return Capabilities(
            code="paypal",
            label="PayPal",
            cadences=frozenset(Cadence),
            currencies=terms.CURRENCIES,
            is_pretend=self._account.is_test,
        )

    def check(self, events_url: str) -> list[str]:
        """What is wrong with app, webhook and report, a sentence each."""
        return checking.findings(self._ask, self._account, events_url)

    def start(self, intent: Intent, urls: Urls) -> Redirect:
        """Open an order, or a subscription to a plan; the reader agrees at PayPal."""
        with understanding("PayPal"):
            if intent.cadence is Cadence.ONCE:
                made = self._ask("POST", "/v2/checkout/orders", terms.order(intent, urls), key=intent.attempt_key)
            else:
                plan = plans.found(self._ask, intent.cadence, intent.amount.currency)
                wish = terms.subscription(intent, urls, plan)
                made = self._ask("POST", "/v1/billing/subscriptions", wish, key=intent.attempt_key)
            (url,) = [one["href"] for one in made["links"] if one["rel"] in ("payer-action", "approve")]
            return Redirect(url=url, ref=made["id"])

    def verify(self, headers: Mapping[str, str], raw: bytes, now: datetime) -> list[Notice]:
        """The event's hint, if it is about a gift. Raises BadSignature."""
        signature.check(headers, raw, self._account, now)
        try:
            return reading.notice(json.loads(raw))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
            raise BadSignature(f"a signed body that is not an event ({error!r})") from error

    def fetch(self, ref: str) -> Snapshot:
        """The truth about one gift, by its order, its subscription, or `payment/ID[/REFUND]`.

        Only by a payment does it tell disputes, and of a subscription a refund that the report does not tell yet. An
        order that its payer has agreed to is paid by this: PayPal takes no money before we ask.
        """
        with understanding("PayPal"):
            _, _, payment = ref.partition("payment/")
            payment, _, back = payment.partition("/")
            named = [reading.refund(self._ask("GET", f"/v2/payments/refunds/{_part(back)}"))] if back else []
            disputes = self._disputes(payment) if payment else []
            name = self._gift_of(payment) if payment else ref
            if not name.startswith("I-"):
                return reading.of_order(self._order(name), disputes)
            of, now = self._subscription(name), timezone.now()
            period = f"start_time={report.written(reading.moment(of['create_time']))}&end_time={report.written(now)}"
            paid = self._ask("GET", f"/v1/billing/subscriptions/{_part(name)}/transactions?{period}")["transactions"]
            returns = [*self._returns(paid, now), *named]
            return reading.of_subscription(of, paid, returns=returns, disputes=disputes, now=now)

    def _order(self, id: str) -> Thing:
        there = f"/v2/checkout/orders/{_part(id)}"
        order: Thing = self._ask("GET", there)
        if order["status"] == "APPROVED":
            try:
                self._ask("POST", f"{there}/capture", {}, key=f"capture-{id}")
            except GiveUp:  # the payer's bank refused: they may choose another way to pay, while the order stands
                return order
            order = self._ask("GET", there)
        return order

    def _subscription(self, id: str) -> Thing:
        found: Thing = self._ask("GET", f"/v1/billing/subscriptions/{_part(id)}")
        return found

    def _gift_of(self, payment: str) -> str:
        """The order or subscription of a payment."""
        told = self._ask("GET", f"/v2/payments/captures/{_part(payment)}")
        ids = (told.get("supplementary_data") or {}).get("related_ids") or {}
        if "order_id" in ids:
            return str(ids["order_id"])
        at = reading.moment(told["create_time"])
        rows = self._report(at - timedelta(hours=1), at + timedelta(days=1), transaction_id=payment)
        found = [row["paypal_reference_id"] for row in rows if row.get("paypal_reference_id_type") == "SUB"]
        return str(found[0])  # an IndexError is an answer that lacks what we need: the report is late

    def _returns(self, paid: list[Thing], now: datetime) -> list[Refunded]:
        """What the report tells of refunds of these payments."""
        touched = {one["id"]: reading.moment(one["time"]) for one in paid if one["status"].endswith("REFUNDED")}
        if not touched:
            return []
        rows = self._report(min(touched.values()), now, transaction_type=reading.REFUND)
        return [reading.refund_row(row) for row in rows if row.get("paypal_reference_id") in touched]

    def _disputes(self, payment: str) -> list[Thing]:
        found = self._ask("GET", f"/v1/customer/disputes?disputed_transaction_id={_part(payment)}")["items"]
        return [self._ask("GET", f"/v1/customer/disputes/{_part(one['dispute_id'])}") for one in found]

    def refund(self, charge_id: str, amount: Money | None, key: str) -> str:
        """Give back part of a payment, or all that is left; the refund's id. PayPal keeps the key for weeks."""
        with understanding("PayPal"):
            wish: Thing = {"custom_id": key}
            if amount is not None:
                wish["amount"] = terms.amount(amount)
            return str(self._ask("POST", f"/v2/payments/captures/{_part(charge_id)}/refund", wish, key=key)["id"])

    def cancel(self, ref: str, key: str) -> None:
        """Let no further payment come. What nobody has agreed to lapses by itself."""
        with understanding("PayPal"):
            if ref.startswith("I-") and self._subscription(ref)["status"] in ("ACTIVE", "SUSPENDED"):
                wish = {"reason": "The supporter asked for it."}
                self._ask("POST", f"/v1/billing/subscriptions/{_part(ref)}/cancel", wish, key=key)

    def set_amount(self, ref: str, amount: Money, key: str) -> None:
        """Not without the payer."""
        raise GiveUp("PayPal changes no amount without its payer")

    def pause(self, ref: str, until: datetime | None, key: str) -> None:
        """Not to an hour at which it goes on by itself."""
        raise GiveUp("PayPal does not go on by itself after a pause")

    def method_url(self, ref: str, back: str) -> str:
        """Whoever pays says it in their own account there."""
        raise GiveUp("how to pay is said in the payer's own account at PayPal")

    def forget(self, ref: str, key: str) -> None:
        """Let no further payment come: what PayPal knows of its own customer it keeps."""
        self.cancel(ref, key)

    def events_since(self, cursor: str) -> tuple[list[Notice], str]:
        """Hints after the cursor ("" for what is kept), oldest first. It holds a moment, and what was told of it."""
        with understanding("PayPal"):
            now = timezone.now()
            at, _, told = cursor.partition("|")
            since = max(datetime.fromisoformat(at) if at else now - EVENTS_KEPT, now - EVENTS_KEPT)
            fresh = [one for one in self._events(since, now) if one["id"] not in told.split(",")]
            if not fresh:
                return [], cursor
            events = {one["id"]: one for one in sorted(fresh, key=_when)}.values()
            latest = max(map(_when, events))
            last = {one["id"] for one in events if _when(one) == latest}
            last |= set(told.split(",")) if at and datetime.fromisoformat(at) == latest else set()
            return [hint for one in events for hint in reading.notice(one)], f"{latest.isoformat()}|{','.join(last)}"

    def _events(self, since: datetime, until: datetime) -> Iterator[Thing]:
        period = f"start_time={report.written(since)}&end_time={report.written(until)}"
        path = f"/v1/notifications/webhooks-events?page_size={PAGE}&{period}"
        while path:
            told = self._ask("GET", path)
            yield from told["events"]
            further = [urlsplit(one["href"]) for one in told.get("links", []) if one["rel"] == "next"]
            path = f"{further[0].path}?{further[0].query}" if further and told["events"] else ""

    def lines_since(self, cursor: str) -> tuple[list[StatementLine], str]:
        """Rows of the report after the cursor, up to the hour for which it is complete, or to one that is not decided:
        it would change behind the cursor."""
        with understanding("PayPal"):
            at, _, id = cursor.partition("|")
            until = timezone.now() - report.LATE
            since = reading.moment(at) if cursor else until - REPORT_KEPT
            rows = (row for row in self._report(since, until) if report.place(row) > (at, id))
            fresh = list(takewhile(reading.is_decided, sorted(rows, key=report.place)))
            lines = [line for row in fresh if (line := reading.line(row))]
            return lines, "|".join(report.place(fresh[-1])) if fresh else cursor

    def paid_out(self, payout: str) -> Money | None:
        """What is withdrawn is the newsroom's choice: no rows are tied to it."""
        return None

    def _report(self, since: datetime, until: datetime, **narrowed: str) -> Iterator[Thing]:
        return report.rows(lambda path: self._ask("GET", path), since, until, **narrowed)

    def _ask(self, method: str, path: str, body: object = None, *, key: str = "") -> Any:
        return ask(self._account, method, path, body, key=key)


def _part(text: str) -> str:
    return quote(text, safe="")


def _when(event: Thing) -> datetime:
    return reading.moment(event["create_time"])
