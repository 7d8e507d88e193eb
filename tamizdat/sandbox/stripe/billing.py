"""Subscriptions: renewed by the company's own clock, tried again when a card fails, and ended."""

from __future__ import annotations

from typing import Any

from tamizdat.sandbox.company.store import Store, Thing
from tamizdat.sandbox.stripe import charges, portal, terms
from tamizdat.sandbox.stripe.events import tell
from tamizdat.sandbox.stripe.parameters import Parameters, refused, whole

CANCEL: Parameters = {
    "invoice_now": 1,
    "prorate": 1,
    "expand": 1,
    "cancellation_details": {"comment": 1, "feedback": 1},
}
UPDATE: Parameters = {
    "items": {"id": 1, "price_data": {"currency": 1, "product": 1, "recurring": {"interval": 1}, "unit_amount": 1}},
    "proration_behavior": 1, "default_payment_method": 1,
    "pause_collection": {"behavior": 1, "resumes_at": 1}, "expand": 1, "metadata": {"*": 1},
}  # fmt: skip
FOREVER = 10**9  # as a renewal's number: this and all after it fail


def begin(store: Store, session: Thing, *, customer: str, failing: list[int]) -> Thing:
    """The first period, paid."""
    every, now = session["_recurring"]["interval"], store.now()
    product = store.add("product", "prod", name=session["_name"])
    price = {
        "id": f"price_{product['id'][5:]}", "object": "price", "currency": session["currency"],
        "unit_amount": session["amount_total"], "product": product["id"], "recurring": {"interval": every},
    }  # fmt: skip
    begun = store.add(
        "subscription", "sub", customer=customer, status="active", metadata=session["_metadata"],
        currency=session["currency"], cancel_at_period_end=False, canceled_at=None, ended_at=None,
        pause_collection=None, billing_cycle_anchor=now, default_payment_method=portal.card(store, customer)["id"],
        latest_invoice=None, livemode=False, start_date=now, _number=0, _failing=failing,
        _due=terms.after(now, every, 1),
    )  # fmt: skip
    item = {
        "id": f"si_{begun['id'][4:]}", "object": "subscription_item", "price": price, "quantity": 1,
        "current_period_start": now, "current_period_end": terms.after(now, every, 1),
    }  # fmt: skip
    store.change(begun, items={"object": "list", "data": [item], "has_more": False, "url": "/v1/subscription_items"})
    tell(store, "customer.subscription.created", begun)
    _settle(store, begun, _invoice(store, begun, "subscription_create"))
    return begun


def _invoice(store: Store, of: Thing, reason: str) -> Thing:
    price = of["items"]["data"][0]["price"]
    return store.add(
        "invoice", "in", customer=of["customer"], status="open", billing_reason=reason, amount_due=price["unit_amount"],
        amount_paid=0, currency=of["currency"], attempt_count=0, next_payment_attempt=None,
        parent={"type": "subscription_details",
                "subscription_details": {"subscription": of["id"], "metadata": of["metadata"]}},
        hosted_invoice_url=None, livemode=False, _subscription=of["id"], _payment_intent=None,
    )  # fmt: skip


def _settle(store: Store, of: Thing, invoice: Thing) -> None:
    """Paid: the invoice, and the subscription heals."""
    made = charges.charge(
        store, amount=invoice["amount_due"], currency=of["currency"], customer=of["customer"], metadata=of["metadata"],
        invoice=invoice["id"],
    )  # fmt: skip
    store.change(
        invoice, status="paid", amount_paid=invoice["amount_due"], attempt_count=invoice["attempt_count"] + 1,
        next_payment_attempt=None, _due=None, _payment_intent=made["payment_intent"],
    )  # fmt: skip
    was = of["status"]
    store.change(of, status="active", latest_invoice=invoice["id"])
    tell(store, "invoice.paid", invoice)
    tell(store, "invoice.payment_succeeded", invoice)
    if was != "active":
        tell(store, "customer.subscription.updated", of)


def update(store: Store, of: Thing, given: Parameters) -> Thing:
    """Another price from the next period on; a pause, or its end."""
    if of["status"] == "canceled":
        raise refused("A canceled subscription can only update its cancellation_details and metadata.", "subscription")
    for item in given.get("items", []):
        _reprice(of, item, given)
    if given.get("default_payment_method") == "":
        of["default_payment_method"] = None
    if "pause_collection" in given:
        _pause(store, of, given["pause_collection"])
    store.change(of)
    tell(store, "customer.subscription.updated", of)
    return of


def _reprice(of: Thing, item: Parameters, given: Parameters) -> None:
    ours, wish = of["items"]["data"][0], item["price_data"]
    if item.get("id") != ours["id"]:
        raise refused(f"No such subscription item: '{item.get('id')}'", "items", code="resource_missing")
    if given.get("proration_behavior") != "none":
        raise refused("This company does not prorate: say proration_behavior=none.", "proration_behavior")
    if wish["currency"] != of["currency"] or wish["product"] != ours["price"]["product"]:
        raise refused("The currency and product of a price stay as they are here.", "items")
    amount = whole(wish, "unit_amount")
    charges.check_amount(amount, of["currency"])
    ours["price"] = ours["price"] | {"unit_amount": amount}


def _pause(store: Store, of: Thing, wish: Any) -> None:
    for waiting in store.find("resumption", subscription=of["id"]):
        store.change(waiting, _due=None)
    if not wish:
        of["pause_collection"] = None
        return
    if wish.get("behavior") != "void":
        raise refused("This company only voids.", "pause_collection[behavior]")
    at = whole(wish, "resumes_at")
    if at <= store.now():
        raise refused("resumes_at must be in the future.", "pause_collection[resumes_at]")
    of["pause_collection"] = {"behavior": "void", "resumes_at": at}
    store.add("resumption", "resume", subscription=of["id"], _due=at)


def resume(store: Store, waiting: Thing) -> None:
    """The pause is over."""
    store.change(waiting, _due=None)
    of = store.get(waiting["subscription"])
    if of and of["status"] != "canceled":
        store.change(of, pause_collection=None)
        tell(store, "customer.subscription.updated", of)


def renew(store: Store, of: Thing) -> None:
    """The period is over: the next begins, with its invoice."""
    every = of["items"]["data"][0]["price"]["recurring"]["interval"]
    number = of["_number"] + 1
    nxt = terms.after(of["billing_cycle_anchor"], every, number + 1)
    of["items"]["data"][0] |= {"current_period_start": of["_due"], "current_period_end": nxt}
    store.change(of, _number=number, _due=nxt)
    tell(store, "customer.subscription.updated", of)
    invoice = _invoice(store, of, "subscription_cycle")
    if of["pause_collection"]:
        store.change(invoice, status="void")
        tell(store, "invoice.voided", invoice)
    else:
        _try(store, of, invoice)


def _try(store: Store, of: Thing, invoice: Thing) -> None:
    if of["_number"] in of["_failing"] or FOREVER in of["_failing"]:
        _fail(store, of, invoice)
    else:
        _settle(store, of, invoice)


def _fail(store: Store, of: Thing, invoice: Thing) -> None:
    tries = invoice["attempt_count"] + 1
    intent = store.get(invoice["_payment_intent"] or "") or store.add(
        "payment_intent", "pi", amount=invoice["amount_due"], currency=of["currency"], customer=of["customer"],
        metadata=of["metadata"], status="requires_payment_method", latest_charge=None,
    )  # fmt: skip
    charges.decline(store, intent)
    again = store.now() + terms.RETRY_AFTER[tries - 1] if tries <= len(terms.RETRY_AFTER) else None
    store.change(
        invoice, attempt_count=tries, next_payment_attempt=again, _due=again, _payment_intent=intent["id"],
        hosted_invoice_url=f"{store.address}/invoice/{invoice['id']}",
    )  # fmt: skip
    store.change(of, status="past_due", latest_invoice=invoice["id"])
    tell(store, "invoice.payment_failed", invoice)
    tell(store, "customer.subscription.updated", of)
    if again is None:
        store.change(invoice, status="uncollectible")
        end(store, of)


def retry(store: Store, invoice: Thing) -> None:
    """The hour of the next try has come."""
    of = store.get(invoice["_subscription"])
    if of is None or of["status"] == "canceled" or invoice["status"] != "open":
        store.change(invoice, _due=None)
        return
    _try(store, of, invoice)


def mend(store: Store, invoice: Thing) -> Thing:
    """The payer pays the open invoice by another card, which is used from now on."""
    of = store.get(invoice["_subscription"])
    if invoice["status"] != "open" or of is None:
        raise refused("This invoice is not open.", "invoice")
    store.change(of, _failing=[], default_payment_method=portal.card(store, of["customer"])["id"])
    _settle(store, of, invoice)
    return invoice


def end(store: Store, of: Thing) -> Thing:
    """No further charge. Once over, it cannot be ended again."""
    if of["status"] == "canceled":
        raise refused(f"No such subscription: '{of['id']}'", "subscription", status=404, code="resource_missing")
    for invoice in store.find("invoice", _subscription=of["id"], status="open"):
        store.change(invoice, status="void", _due=None)
    store.change(of, status="canceled", ended_at=store.now(), canceled_at=of["canceled_at"] or store.now(), _due=None)
    tell(store, "customer.subscription.deleted", of)
    return of
