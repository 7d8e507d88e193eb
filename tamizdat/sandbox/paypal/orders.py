"""Orders: agreed to by a payer, paid when the shop asks, gone when nobody does."""

from __future__ import annotations

from tamizdat.sandbox.company.store import Store, Thing, shown
from tamizdat.sandbox.paypal import money
from tamizdat.sandbox.paypal.events import tell
from tamizdat.sandbox.paypal.money import no

OPEN_SECONDS = 6 * 3600


def create(store: Store, given: Thing) -> Thing:
    if given.get("intent") != "CAPTURE" or len(given.get("purchase_units", [])) != 1:
        raise no("UNSUPPORTED_INTENT", "This PayPal takes orders of one unit, to be captured.")
    unit = given["purchase_units"][0]
    money.read(unit.get("amount"))
    page = given.get("payment_source", {}).get("paypal", {}).get("experience_context", {})
    if not (page.get("return_url") and page.get("cancel_url")):
        raise no("MISSING_REQUIRED_PARAMETER", "return_url and cancel_url are required.")
    made = store.add(
        "order", "order", id=money.new_id(), intent="CAPTURE", status="PAYER_ACTION_REQUIRED",
        purchase_units=[unit], create_time=money.moment(store.now()), _page=page, _due=store.now() + OPEN_SECONDS,
        _is_slow=False, _is_refused=False,
    )  # fmt: skip
    href = f"{store.address}/checkoutnow?token={made['id']}"
    return store.change(made, links=[{"rel": "payer-action", "method": "GET", "href": href}])


def approve(store: Store, order: Thing, *, is_slow: bool = False, is_refused: bool = False) -> Thing:
    """The payer agrees: their bank pays at once, days later, or not at all."""
    if order["status"] not in ("PAYER_ACTION_REQUIRED", "APPROVED") or store.now() >= order["_due"]:
        raise no("ORDER_ALREADY_COMPLETED", "This order is done.")
    store.change(order, status="APPROVED", _is_slow=is_slow, _is_refused=is_refused)
    tell(store, "CHECKOUT.ORDER.APPROVED", shown(order))
    return order


def capture(store: Store, order: Thing) -> Thing:
    if order["status"] != "APPROVED":
        issue = "ORDER_ALREADY_CAPTURED" if order["status"] == "COMPLETED" else "ORDER_NOT_APPROVED"
        raise no(issue, "The order cannot be captured.")
    if order["_is_refused"]:
        raise no("INSTRUMENT_DECLINED", "The instrument presented was declined by the processor or bank.")
    unit = order["purchase_units"][0]
    made = money.take(store, "capture", unit["amount"], unit["custom_id"], of=order["id"])
    store.change(order, status="COMPLETED", _due=None, _capture=made["id"])
    if order["_is_slow"]:
        tell(store, "PAYMENT.CAPTURE.PENDING", money.as_told(made))
    else:
        money.complete(store, made)
    return order


def bounce(store: Store, made: Thing) -> Thing:
    """The payer's bank never paid."""
    store.change(made, status="DECLINED")
    tell(store, "PAYMENT.CAPTURE.DENIED", money.as_told(made))
    return made


def lapse(store: Store, order: Thing) -> None:
    """Nobody asked for its money in time."""
    store.change(order, status="VOIDED", _due=None)


def told(store: Store, order: Thing) -> Thing:
    """An order with what was paid and what went back."""
    said = shown(order)
    if "_capture" in order:
        captures = [money.as_told(money.payment(store, order["_capture"]))]
        refunds = [money.as_told(one) for one in store.find("refund", _of=order["id"])]
        payments = {"captures": captures, "refunds": refunds}
        said["purchase_units"] = [{**order["purchase_units"][0], "payments": payments}]
    return said
