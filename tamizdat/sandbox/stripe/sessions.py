"""Checkout: a page that is opened, paid, declined, left or run out."""

from __future__ import annotations

from typing import Any

from tamizdat.sandbox.company.store import Store, Thing
from tamizdat.sandbox.stripe import billing, charges, portal, terms
from tamizdat.sandbox.stripe.events import tell
from tamizdat.sandbox.stripe.parameters import Parameters, refused, required, whole

PRICE: Parameters = {
    "currency": 1, "unit_amount": 1, "product_data": {"name": 1, "description": 1},
    "recurring": {"interval": 1, "interval_count": 1},
}  # fmt: skip
CREATE: Parameters = {
    "mode": 1, "line_items": {"price_data": PRICE, "quantity": 1}, "success_url": 1, "cancel_url": 1,
    "client_reference_id": 1, "metadata": {"*": 1}, "customer_creation": 1, "locale": 1, "submit_type": 1,
    "expires_at": 1, "payment_intent_data": {"metadata": {"*": 1}, "description": 1, "statement_descriptor_suffix": 1},
    "subscription_data": {"metadata": {"*": 1}, "description": 1}, "expand": 1, "payment_method_types": 1,
}  # fmt: skip
LOCALES = {
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA", "hr", "hu",
    "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv",
    "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
}  # fmt: skip


def create(store: Store, given: Parameters) -> Thing:
    """Open a page to pay at."""
    required(given, "mode", "line_items", "success_url")
    item = given["line_items"][0]
    price = item.get("price_data") or {}
    required(price, "currency", "unit_amount", "product_data")
    amount = whole(price, "unit_amount") * whole(item, "quantity", default=1)
    charges.check_amount(amount, price["currency"])
    if given["mode"] not in ("payment", "subscription"):
        raise refused("Invalid mode", "mode")
    if (given["mode"] == "subscription") != ("recurring" in price):
        raise refused("A subscription has a recurring price, and a payment has none", "line_items")
    for name in ("customer_creation", "submit_type", "payment_intent_data"):
        if name in given and given["mode"] != "payment":
            raise refused(f"You can not pass `{name}` in `subscription` mode.", name)
    if given.get("locale", "auto") not in LOCALES:
        raise refused("Invalid locale", "locale")
    # A page is opened and runs out by everybody's time; only what follows goes by the company's own clock.
    now = store.now() - store.ahead()
    ends = whole(given, "expires_at", default=now + terms.LONGEST_SESSION)
    if not terms.SHORTEST_SESSION <= ends - now <= terms.LONGEST_SESSION:
        raise refused("`expires_at` must be between 30 minutes and 24 hours from now", "expires_at")
    made = store.add(
        "checkout.session", "cs_test", mode=given["mode"], status="open", payment_status="unpaid", livemode=False,
        amount_total=amount, currency=price["currency"], client_reference_id=given.get("client_reference_id"),
        metadata=given.get("metadata", {}), customer=None, payment_intent=None, subscription=None, invoice=None,
        success_url=given["success_url"], cancel_url=given.get("cancel_url"), expires_at=ends,
        _due=ends + store.ahead(),
        _recurring=price.get("recurring"), _name=price["product_data"].get("name", ""),
        _metadata=(given.get("payment_intent_data") or given.get("subscription_data") or {}).get("metadata", {}),
        _keeps_customer=given["mode"] == "subscription" or given.get("customer_creation") == "always",
    )  # fmt: skip
    return store.change(made, url=f"{store.address}/pay/{made['id']}")


def pay(store: Store, made: Thing, *, failing: list[int] | None = None, email: str = "") -> Thing:
    """The payer's card goes through; `failing` are the numbers of the renewals that will not, 1 being the first."""
    if made["status"] != "open":
        raise refused("This page is closed.", "session")
    customer = portal.customer(store, email) if made["_keeps_customer"] else None
    holder = customer["id"] if customer else ""
    if customer:
        tell(store, "customer.created", customer)
    paid: dict[str, Any] = {"customer": holder or None, "customer_details": {"email": email or None}}
    if made["mode"] == "payment":
        charge = charges.charge(
            store, amount=made["amount_total"], currency=made["currency"], customer=holder, metadata=made["_metadata"]
        )
        paid["payment_intent"] = charge["payment_intent"]
    else:
        begun = billing.begin(store, made, customer=holder, failing=failing or [])
        paid |= {"subscription": begun["id"], "invoice": begun["latest_invoice"]}
    store.change(made, status="complete", payment_status="paid", url=None, _due=None, **paid)
    tell(store, "checkout.session.completed", made)
    return made


def pay_slowly(store: Store, made: Thing) -> Thing:
    """By a method whose money comes in days (a direct debit): the page is done, and nothing is paid."""
    if made["status"] != "open" or made["mode"] != "payment":
        raise refused("This page takes no such method.", "session")
    customer = portal.customer(store, "") if made["_keeps_customer"] else None
    intent = store.add(
        "payment_intent", "pi", amount=made["amount_total"], currency=made["currency"],
        customer=customer and customer["id"], metadata=made["_metadata"], status="processing", latest_charge=None,
        _invoice="",
    )  # fmt: skip
    store.change(
        made, status="complete", url=None, _due=None, customer=customer and customer["id"], payment_intent=intent["id"]
    )
    tell(store, "checkout.session.completed", made)
    return made


def arrive(store: Store, made: Thing) -> Thing:
    """The slow money is there."""
    intent = _slow(store, made)
    charges.succeed(store, intent)
    store.change(made, payment_status="paid")
    tell(store, "checkout.session.async_payment_succeeded", made)
    return made


def bounce(store: Store, made: Thing) -> Thing:
    """The slow money does not come."""
    intent = _slow(store, made)
    store.change(intent, status="requires_payment_method")
    charges.decline(store, intent)
    tell(store, "checkout.session.async_payment_failed", made)
    return made


def _slow(store: Store, made: Thing) -> Thing:
    intent = store.get(made["payment_intent"] or "")
    if made["status"] != "complete" or intent is None or intent["status"] != "processing":
        raise refused("No slow payment is on its way.", "session")
    return intent


def decline(store: Store, made: Thing) -> Thing:
    """The card's bank says no; the page stays open for another card."""
    if made["status"] != "open":
        raise refused("This page is closed.", "session")
    if made["mode"] == "payment":
        intent = store.get(made["payment_intent"] or "") or store.add(
            "payment_intent", "pi", amount=made["amount_total"], currency=made["currency"], customer=None,
            metadata=made["_metadata"], status="requires_payment_method", latest_charge=None,
        )  # fmt: skip
        charges.decline(store, intent)
        store.change(made, payment_intent=intent["id"])
    return made


def expire(store: Store, made: Thing) -> Thing:
    """Nobody can pay here any more."""
    if made["status"] != "open":
        raise refused('Only Checkout Sessions with a status in ["open"] can be expired.', "session")
    store.change(made, status="expired", url=None, _due=None)
    tell(store, "checkout.session.expired", made)
    return made
