"""Plans and subscriptions: renewed by the company's own clock, tried again when a payment fails, and suspended."""

from __future__ import annotations

from typing import Any

from tamizdat.sandbox.company.store import Store, Thing, shown
from tamizdat.sandbox.paypal import money
from tamizdat.sandbox.paypal.events import tell
from tamizdat.sandbox.paypal.money import no

PERIODS = {"MONTH": 31 * 86400, "YEAR": 365 * 86400}
AGAIN_SECONDS = 5 * 86400
OPEN_SECONDS = 3 * 3600


def product(store: Store, given: Thing) -> Thing:
    if store.get(given["id"]):
        raise no("DUPLICATE_RESOURCE_IDENTIFIER", "A product of this id is there.")
    return store.add("product", "PROD", **given)


def plan(store: Store, given: Thing) -> Thing:
    if store.get(given["product_id"]) is None:
        raise no("INVALID_RESOURCE_ID", "There is no such product.", status=404)
    for cycle in given["billing_cycles"]:
        money.read(cycle["pricing_scheme"]["fixed_price"])
    return store.add("plan", "plan", **{"status": "CREATED", **given, "id": f"P-{money.new_id()}"})


def create(store: Store, given: Thing) -> Thing:
    of = store.get(given.get("plan_id", ""))
    if of is None or of["object"] != "plan" or of["status"] != "ACTIVE":
        raise no("INVALID_RESOURCE_ID", "There is no such plan.", status=404)
    price = given["plan"]["billing_cycles"][0]["pricing_scheme"]["fixed_price"]
    money.read(price)
    cycle = of["billing_cycles"][0]
    if price["currency_code"] != cycle["pricing_scheme"]["fixed_price"]["currency_code"]:
        raise no("CURRENCY_MISMATCH", "A subscription has the currency of its plan.")
    page, now = given.get("application_context", {}), money.moment(store.now())
    made = store.add(
        "subscription", "sub", id=f"I-{money.new_id()[:12]}", plan_id=of["id"], custom_id=given["custom_id"],
        status="APPROVAL_PENDING", create_time=now, status_update_time=now, _price=price, _page=page,
        _every=PERIODS[cycle["frequency"]["interval_unit"]], _tries=of["payment_preferences"],
        _is_failing=False, _paid=0, _failed=0,
    )  # fmt: skip
    href = f"{store.address}/webapps/billing/subscriptions?ba_token={made['id']}"
    return store.change(made, links=[{"rel": "approve", "method": "GET", "href": href}])


def approve(store: Store, of: Thing) -> Thing:
    if of["status"] != "APPROVAL_PENDING" or store.now() > of["created"] + OPEN_SECONDS:
        raise no("SUBSCRIPTION_STATUS_INVALID", "This subscription is done.")
    _become(store, of, "ACTIVE", "ACTIVATED")
    renew(store, of)
    return of


def renew(store: Store, of: Thing) -> None:
    """Its hour has come: the next period is paid, or the next try fails."""
    if of["_is_failing"]:
        return _fail(store, of)
    sale = money.take(store, "sale", of["_price"], of["custom_id"], of=of["id"])
    money.complete(store, store.change(sale, _period=of["_paid"]))
    store.change(of, _paid=of["_paid"] + 1, _failed=0, _due=store.now() + of["_every"])


def _fail(store: Store, of: Thing) -> None:
    store.change(of, _failed=of["_failed"] + 1, _due=store.now() + AGAIN_SECONDS)
    tell(store, "BILLING.SUBSCRIPTION.PAYMENT.FAILED", told(of))
    if of["_failed"] >= of["_tries"]["payment_failure_threshold"]:
        store.change(of, _due=None)
        _become(store, of, "SUSPENDED", "SUSPENDED")


def mend(store: Store, of: Thing) -> Thing:
    """The payer has another card, which is tried at once."""
    if of["status"] != "ACTIVE" or not of["_failed"]:
        raise no("SUBSCRIPTION_STATUS_INVALID", "There is nothing to mend.")
    store.change(of, _is_failing=False)
    renew(store, of)
    return of


def cancel(store: Store, of: Thing) -> Thing:
    if of["status"] not in ("ACTIVE", "SUSPENDED"):
        raise no("SUBSCRIPTION_STATUS_INVALID", "Invalid subscription status for cancel action.")
    store.change(of, _due=None)
    return _become(store, of, "CANCELLED", "CANCELLED")


def _become(store: Store, of: Thing, status: str, word: str) -> Thing:
    store.change(of, status=status, status_update_time=money.moment(store.now()))
    tell(store, f"BILLING.SUBSCRIPTION.{word}", told(of))
    return of


def told(of: Thing) -> Thing:
    said = shown(of)
    if of["status"] != "APPROVAL_PENDING":
        cycles = [{"tenure_type": "REGULAR", "sequence": 1, "cycles_completed": of["_paid"]}]
        said["billing_info"] = {"failed_payments_count": of["_failed"], "cycle_executions": cycles}
    return said


def transactions(store: Store, of: Thing) -> list[dict[str, Any]]:
    """Its payments, newest first."""
    found = []
    for sale in store.find("sale", _of=of["id"]):
        told = sale["seller_receivable_breakdown"]
        said = {"gross_amount": told["gross_amount"], "fee_amount": told["paypal_fee"],
                "net_amount": told["net_amount"]}  # fmt: skip
        found.append({"id": sale["id"], "status": sale["status"], "time": sale["create_time"],
                      "amount_with_breakdown": said})  # fmt: skip
    return found
