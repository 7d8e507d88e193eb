"""Payments, refunds, disputes and withdrawals; the balance is the sum of the report's rows."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tamizdat.sandbox.company.refusal import Refused
from tamizdat.sandbox.company.store import Store, Thing, shown
from tamizdat.sandbox.paypal.events import tell

WITHOUT_DECIMALS = ("HUF", "JPY", "TWD")
RESPOND_WITHIN = 10 * 86400
PAYMENTS = ("capture", "sale")


def no(issue: str, said: str, *, status: int = 422) -> Refused:
    """A refusal as PayPal words it."""
    name = "RESOURCE_NOT_FOUND" if status == 404 else "UNPROCESSABLE_ENTITY"
    return Refused(status, said, name=name, details=[{"issue": issue, "description": said}])


def new_id() -> str:
    return secrets.token_hex(9).upper()[:17]


def moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


def read(given: Any) -> Decimal:
    """An amount that PayPal takes. Raises Refused."""
    try:
        currency, text = given["currency_code"], given["value"]
        value = Decimal(text)
    except (KeyError, TypeError, ArithmeticError):
        raise no("MISSING_REQUIRED_PARAMETER", "An amount has currency_code and value.") from None
    places = 0 if currency in WITHOUT_DECIMALS else 2
    if not value.is_finite() or value <= 0 or -int(value.as_tuple().exponent) > places:
        raise no("DECIMAL_PRECISION", f"“{text}” is no amount of {currency}.")
    return value


def amount(value: Decimal, currency: str) -> Thing:
    places = Decimal(1) if currency in WITHOUT_DECIMALS else Decimal("0.01")
    return {"currency_code": currency, "value": str(value.quantize(places))}


def fee(value: Decimal, currency: str) -> Decimal:
    """What PayPal keeps: 2.89 % and 0.49."""
    places = Decimal(1) if currency in WITHOUT_DECIMALS else Decimal("0.01")
    return min(value, (value * Decimal("0.0289") + Decimal("0.49")).quantize(places))


def row(store: Store, code: str, value: Decimal, currency: str, **more: Any) -> Thing:
    """One row of the report."""
    kept = more.pop("kept", Decimal(0))
    said = {"transaction_id": more.pop("id", None) or new_id(), "transaction_event_code": code,
            "transaction_initiation_date": moment(store.now()), "transaction_status": "S",
            "transaction_amount": amount(value, currency), **more}  # fmt: skip
    if kept:
        said["fee_amount"] = amount(-kept, currency)
    return store.add("row", "row", said=said, tx=said["transaction_id"])


def take(store: Store, kind: str, paid: Thing, custom: str, *, of: str) -> Thing:
    """Money comes: a capture of an order, or a sale of a subscription."""
    now, id = moment(store.now()), new_id()
    made = store.add(
        kind, kind, id=id, status="PENDING", amount=paid, custom_id=custom, create_time=now, update_time=now, _of=of,
        _refunded="0", _disputed=False,
    )  # fmt: skip
    if kind == "capture":
        store.change(made, supplementary_data={"related_ids": {"order_id": of}})
    return made


def complete(store: Store, made: Thing) -> Thing:
    """It is there."""
    currency, value = made["amount"]["currency_code"], Decimal(made["amount"]["value"])
    kept = fee(value, currency)
    told = {"gross_amount": made["amount"], "paypal_fee": amount(kept, currency),
            "net_amount": amount(value - kept, currency)}  # fmt: skip
    store.change(made, status="COMPLETED", seller_receivable_breakdown=told)
    is_sale = made["object"] == "sale"
    row(
        store, "T0002" if is_sale else "T0006", value, currency, kept=kept, id=made["id"],
        paypal_reference_id=made["_of"], paypal_reference_id_type="SUB" if is_sale else "ODR",
        custom_field=made["custom_id"],
    )  # fmt: skip
    tell(store, "PAYMENT.SALE.COMPLETED" if is_sale else "PAYMENT.CAPTURE.COMPLETED", as_told(made))
    return made


def as_told(made: Thing) -> Thing:
    """A payment as an event tells it."""
    return shown(made) | ({"billing_agreement_id": made["_of"]} if made["object"] == "sale" else {})


def payment(store: Store, id: str) -> Thing:
    found = store.get(id)
    if found is None or found["object"] not in PAYMENTS:
        raise no("INVALID_RESOURCE_ID", "The specified resource does not exist.", status=404)
    return found


def refund(store: Store, made: Thing, given: Thing) -> Thing:
    """Give back part of it, or all that is left; never more than was paid."""
    currency, gone = made["amount"]["currency_code"], Decimal(made["_refunded"])
    left = Decimal(made["amount"]["value"]) - gone
    if made["status"] not in ("COMPLETED", "PARTIALLY_REFUNDED") or not left:
        raise no("CAPTURE_FULLY_REFUNDED", "The capture has already been fully refunded.")
    if made["_disputed"]:
        raise no("CAPTURE_DISPUTED_PARTIAL_REFUND_NOT_ALLOWED", "The payment is disputed.")
    value = read(given["amount"]) if given.get("amount") else left
    if value > left or given.get("amount", {}).get("currency_code", currency) != currency:
        raise no("REFUND_AMOUNT_EXCEEDED", f"{left} {currency} are left to give back.")
    back, now = amount(value, currency), moment(store.now())
    links = [{"rel": "up", "method": "GET", "href": f"{store.address}/v2/payments/captures/{made['id']}"}]
    done = store.add(
        "refund", "refund", id=new_id(), status="COMPLETED", amount=back, custom_id=given.get("custom_id", ""),
        create_time=now, update_time=now, links=links, _payment=made["id"], _of=made["_of"],
    )  # fmt: skip
    row(store, "T1107", -value, currency, id=done["id"], paypal_reference_id=made["id"],
        paypal_reference_id_type="TXN", custom_field=made["custom_id"])  # fmt: skip
    status = "REFUNDED" if value == left else "PARTIALLY_REFUNDED"
    store.change(made, _refunded=str(gone + value), status=status)
    kind = made["object"].upper()
    said = as_told(done) | ({"sale_id": made["id"]} if kind == "SALE" else {})
    tell(store, f"PAYMENT.{kind}.REFUNDED", said)
    return done


def dispute(store: Store, made: Thing) -> Thing:
    """The payer's bank takes it back, at once."""
    left = Decimal(made["amount"]["value"]) - Decimal(made["_refunded"])
    if made["_disputed"] or made["status"] not in ("COMPLETED", "PARTIALLY_REFUNDED"):
        raise no("DISPUTED", "This payment cannot be disputed.")
    currency, now = made["amount"]["currency_code"], moment(store.now())
    opened = store.add(
        "dispute", "dispute", id=f"PP-D-{secrets.randbelow(10**6)}-{new_id()}", create_time=now, update_time=now,
        reason="UNAUTHORISED", status="WAITING_FOR_SELLER_RESPONSE", dispute_amount=amount(left, currency),
        dispute_life_cycle_stage="CHARGEBACK", disputed_transactions=[{"seller_transaction_id": made["id"]}],
        seller_response_due_date=moment(store.now() + RESPOND_WITHIN), money_movements=[], _payment=made["id"],
    )  # fmt: skip
    store.change(opened, dispute_id=opened["id"])
    store.change(made, _disputed=True)
    _move(store, opened, "DEBIT")
    tell(store, "CUSTOMER.DISPUTE.CREATED", as_told(opened))
    return opened


def close_dispute(store: Store, opened: Thing, *, is_won: bool) -> Thing:
    if opened["status"] == "RESOLVED":
        raise no("DISPUTE_RESOLVED", "This dispute is closed.")
    if is_won:
        _move(store, opened, "CREDIT")
    code = "RESOLVED_SELLER_FAVOUR" if is_won else "RESOLVED_BUYER_FAVOUR"
    store.change(opened, status="RESOLVED", dispute_outcome={"outcome_code": code})
    tell(store, "CUSTOMER.DISPUTE.RESOLVED", as_told(opened))
    return opened


def _move(store: Store, opened: Thing, way: str) -> None:
    said = opened["dispute_amount"]
    moved = {"affected_party": "SELLER", "type": way, "amount": said, "initiated_time": moment(store.now()),
             "reason": "DISPUTE_SETTLEMENT"}  # fmt: skip
    store.change(opened, money_movements=[*opened["money_movements"], moved])
    value = Decimal(said["value"]) * (-1 if way == "DEBIT" else 1)
    row(store, "T1201" if way == "DEBIT" else "T1202", value, said["currency_code"],
        paypal_reference_id=opened["_payment"], paypal_reference_id_type="TXN")  # fmt: skip


def charge_fee(store: Store, opened: Thing) -> Thing:
    """What a bank's dispute costs: a row of the report alone."""
    currency = opened["dispute_amount"]["currency_code"]
    return row(store, "T0106", Decimal(-20), currency, paypal_reference_id=opened["_payment"])


def withdraw(store: Store) -> list[Thing]:
    """The newsroom takes what there is to its bank."""
    sums = balance(store)
    return [row(store, "T0400", -value, currency) for currency, value in sorted(sums.items()) if value > 0]


def exchange(store: Store, into: str = "USD") -> list[Thing]:
    """What is held in other currencies is changed, by its owner's wish or because it is not kept: two rows each."""
    made = []
    for currency, held in sorted(balance(store).items()):
        if currency != into and held > 0:
            rate = Decimal("0.0065") if currency == "JPY" else Decimal("1.05")
            came = Decimal(amount(held * rate, into)["value"])
            left = row(store, "T0200", -held, currency)
            about = {"paypal_reference_id": left["id"], "paypal_reference_id_type": "TXN"}
            made += [left, row(store, "T0200", came, into, **about)]
    return made


def balance(store: Store) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for one in store.find("row"):
        said = one["said"]
        for moved in (said["transaction_amount"], said.get("fee_amount")):
            if moved:
                currency = moved["currency_code"]
                sums[currency] = sums.get(currency, Decimal(0)) + Decimal(moved["value"])
    return sums
