"""Plans at PayPal that subscriptions are made to: one for each cadence and currency, made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tamizdat.money import EXPONENTS, Money
from tamizdat.providers.paypal import terms
from tamizdat.providers.paypal.reading import TRIES
from tamizdat.support.rules.contract import Cadence, GiveUp

PRODUCT = "TAMIZDAT-SUPPORT"
INTERVALS = {Cadence.MONTHLY: "MONTH", Cadence.ANNUAL: "YEAR"}


def found(ask: Callable[..., Any], cadence: Cadence, currency: str) -> str:
    """The plan's id. Its price is a mere placeholder: each subscription says its own."""
    name = f"{cadence} {currency}"
    for page in range(1, 100):
        told = ask("GET", f"/v1/billing/plans?product_id={PRODUCT}&page_size=20&page={page}")["plans"]
        for plan in told:
            if plan["name"] == name and plan["status"] == "ACTIVE":
                return str(plan["id"])
        if len(told) < 20:
            break
    _ensure_product(ask)
    return str(ask("POST", "/v1/billing/plans", _plan(name, cadence, currency), key=f"plan-{cadence}-{currency}")["id"])


def _ensure_product(ask: Callable[..., Any]) -> None:
    try:
        ask("GET", f"/v1/catalogs/products/{PRODUCT}")
    except GiveUp:
        product = {"id": PRODUCT, "name": "Support for our journalism", "type": "SERVICE"}
        ask("POST", "/v1/catalogs/products", product, key=f"product-{PRODUCT}")


def _plan(name: str, cadence: Cadence, currency: str) -> dict[str, Any]:
    one = Money(10 ** EXPONENTS[currency], currency)
    cycle = {
        "tenure_type": "REGULAR", "sequence": 1, "total_cycles": 0,
        "frequency": {"interval_unit": INTERVALS[cadence], "interval_count": 1},
        "pricing_scheme": {"fixed_price": terms.amount(one)},
    }  # fmt: skip
    return {
        "product_id": PRODUCT, "name": name, "status": "ACTIVE", "billing_cycles": [cycle],
        "payment_preferences": {"auto_bill_outstanding": True, "payment_failure_threshold": TRIES},
    }  # fmt: skip
