"""The customer portal: where a payer chooses another card, for an hour."""

from __future__ import annotations

from tamizdat.sandbox.company.store import Store, Thing
from tamizdat.sandbox.stripe import charges, terms
from tamizdat.sandbox.stripe.events import tell
from tamizdat.sandbox.stripe.parameters import Parameters, refused, required

CREATE: Parameters = {
    "customer": 1, "return_url": 1, "configuration": 1, "locale": 1, "expand": 1,
    "flow_data": {"type": 1, "after_completion": {"type": 1, "redirect": {"return_url": 1}}},
}  # fmt: skip
UPDATE: Parameters = {"invoice_settings": {"default_payment_method": 1}, "expand": 1, "metadata": {"*": 1}}
FLOWS = ("payment_method_update", "subscription_cancel", "subscription_update")
OPEN_SECONDS = 3600


def open_for(store: Store, given: Parameters) -> Thing:
    """A page for one customer."""
    required(given, "customer")
    customer = store.get(given["customer"])
    if customer is None or customer["object"] != "customer" or customer.get("deleted"):
        raise charges.unknown(given["customer"], "customer")
    flow = given.get("flow_data", {}).get("type")
    if flow and flow not in FLOWS:
        raise refused("Invalid flow_data[type]", "flow_data[type]")
    made = store.add(
        "billing_portal.session", "bps", customer=customer["id"], return_url=given.get("return_url"), livemode=False,
        flow={"type": flow} if flow else None, locale=given.get("locale"), _until=store.now() + OPEN_SECONDS,
    )  # fmt: skip
    return store.change(made, url=f"{store.address}/portal/{made['id']}")


def card(store: Store, customer: str) -> Thing:
    """A new card, good for three years."""
    now = terms.moment(store.now())
    told = {"brand": "visa", "last4": "4242", "exp_month": now.month, "exp_year": now.year + 3}
    return store.add("payment_method", "pm", customer=customer, type="card", card=told, livemode=False)


def customer(store: Store, email: str) -> Thing:
    return store.add(
        "customer", "cus", email=email or None, metadata={}, invoice_settings={"default_payment_method": None}
    )


def update_customer(store: Store, thing: Thing, given: Parameters) -> Thing:
    """Another default card, of those that are the customer's."""
    wish = given.get("invoice_settings", {}).get("default_payment_method")
    known = store.get(wish or "")
    if known is None or known.get("customer") != thing["id"]:
        raise charges.unknown(wish or "", "payment_method")
    store.change(thing, invoice_settings={"default_payment_method": wish})
    tell(store, "customer.updated", thing)
    return thing


def change_card(store: Store, session: Thing) -> None:
    """From now on another card is the customer's, and pays what recurs and has none of its own. Raises Refused for a
    page that is no longer open."""
    if store.now() > session["_until"]:
        raise refused("This page is closed.", "session")
    owner = store.get(session["customer"])
    if owner:
        update_customer(store, owner, {"invoice_settings": {"default_payment_method": card(store, owner["id"])["id"]}})
    for of in store.find("subscription", customer=session["customer"]):
        if not of["default_payment_method"]:
            store.change(of, _failing=[])
