"""PayPal's doors: which request does what."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tamizdat.sandbox.company.store import Store, Thing, shown
from tamizdat.sandbox.paypal import billing, events, money, orders
from tamizdat.sandbox.paypal.money import no

LATE_SECONDS = 3 * 3600  # until the report tells a transaction
WINDOW_DAYS = 31
ID = "([A-Za-z0-9-]+)"
Act = Callable[[re.Match[str], dict[str, str], Any], Any]


def answer(store: Store, method: str, path: str, *, asked: dict[str, str], said: Any) -> Any:
    """What is said to a request; None for nothing. Raises Refused."""
    for way, pattern, act in _doors(store):
        match = re.fullmatch(pattern, path)
        if match and way == method:
            return act(match, asked, said)
    raise no("INVALID_RESOURCE_ID", "There is no such address.", status=404)


def _doors(store: Store) -> tuple[tuple[str, str, Act], ...]:
    def thing(kind: str, match: re.Match[str]) -> Thing:
        found = store.get(match[1])
        if found is None or found["object"] != kind:
            raise no("INVALID_RESOURCE_ID", "The specified resource does not exist.", status=404)
        return found

    subscription, order = f"/v1/billing/subscriptions/{ID}", f"/v2/checkout/orders/{ID}"
    return (
        ("POST", "/v2/checkout/orders", lambda _, __, said: shown(orders.create(store, said))),
        ("GET", order, lambda at, *_: orders.told(store, thing("order", at))),
        ("POST", f"{order}/capture", lambda at, *_: orders.told(store, orders.capture(store, thing("order", at)))),
        ("GET", f"/v2/payments/captures/{ID}", lambda at, *_: shown(money.payment(store, at[1]))),
        ("POST", f"/v2/payments/captures/{ID}/refund",
         lambda at, _, said: shown(money.refund(store, money.payment(store, at[1]), said))),
        ("GET", f"/v2/payments/refunds/{ID}", lambda at, *_: shown(thing("refund", at))),
        ("GET", f"/v1/catalogs/products/{ID}", lambda at, *_: shown(thing("product", at))),
        ("POST", "/v1/catalogs/products", lambda _, __, said: shown(billing.product(store, said))),
        ("GET", "/v1/billing/plans", lambda _, asked, __: _plans(store, asked)),
        ("POST", "/v1/billing/plans", lambda _, __, said: shown(billing.plan(store, said))),
        ("POST", "/v1/billing/subscriptions", lambda _, __, said: billing.told(billing.create(store, said))),
        ("GET", subscription, lambda at, *_: billing.told(thing("subscription", at))),
        ("GET", f"{subscription}/transactions", lambda at, *_: {
            "transactions": billing.transactions(store, thing("subscription", at))}),
        ("POST", f"{subscription}/cancel", lambda at, *_: _nothing(billing.cancel(store, thing("subscription", at)))),
        ("GET", "/v1/customer/disputes", lambda _, asked, __: {"items": [
            shown(one) for one in store.find("dispute", _payment=asked["disputed_transaction_id"])]}),
        ("GET", f"/v1/customer/disputes/{ID}", lambda at, *_: shown(thing("dispute", at))),
        ("GET", "/v1/notifications/webhooks", lambda *_: {
            "webhooks": [shown(one) for one in store.find("webhook")]}),
        ("GET", "/v1/notifications/webhooks-events", lambda _, asked, __: _events(store, asked)),
        ("GET", "/v1/reporting/transactions", lambda _, asked, __: _report(store, asked)),
    )  # fmt: skip


def _nothing(_: Any) -> None:
    return None


def _plans(store: Store, asked: dict[str, str]) -> Any:
    size, page = int(asked.get("page_size", "10")), int(asked.get("page", "1"))
    found = store.find("plan", product_id=asked["product_id"])[(page - 1) * size : page * size]
    return {"plans": [shown(one) for one in found]}


def _events(store: Store, asked: dict[str, str]) -> Any:
    """Newest first."""
    size, until = int(asked.get("page_size", "10")), _seconds(asked["end_time"])
    since = _seconds(asked["start_time"])
    found = [one for one in store.find("event") if since <= one["created"] <= until]
    told: dict[str, Any] = {"events": [events.told(one) for one in found[:size]], "links": []}
    if len(found) > size:
        end = money.moment(found[size - 1]["created"])
        more = f"page_size={size}&start_time={asked['start_time']}&end_time={end}"
        told["links"] = [{"rel": "next", "href": f"{store.address}/v1/notifications/webhooks-events?{more}"}]
    return told


def _report(store: Store, asked: dict[str, str]) -> Any:
    since, until = _seconds(asked["start_date"]), _seconds(asked["end_date"])
    if until - since > WINDOW_DAYS * 86400:
        raise no("INVALID_REQUEST", "The date range is longer than 31 days.", status=400)
    seen = min(until, store.now() - LATE_SECONDS)
    found = [one["said"] for one in store.find("row") if since <= one["created"] <= seen]
    for name, key in (("transaction_id", "transaction_id"), ("transaction_type", "transaction_event_code")):
        found = [one for one in found if name not in asked or one[key] == asked[name]]
    size, page = int(asked.get("page_size", "100")), int(asked.get("page", "1"))
    told = [{"transaction_info": one} for one in found[(page - 1) * size : page * size]]
    return {"transaction_details": told, "page": page, "total_items": len(found),
            "total_pages": -(-len(found) // size)}  # fmt: skip


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
