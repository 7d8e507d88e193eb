"""What PayPal says, in our words. Plain dictionaries in, values out.

Source: developer.paypal.com: orders v2, payments v2, subscriptions v1, disputes v1, transaction search v1. A payment of
a subscription (a “sale”) does not list what went back of it: that stands in the report alone, three hours later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tamizdat.money import Money
from tamizdat.providers.decimals import money
from tamizdat.support.rules.contract import (
    Charge,
    Disputed,
    Failed,
    LineKind,
    Notice,
    Outcome,
    Refunded,
    Snapshot,
    StatementLine,
    Status,
)

Thing = dict[str, Any]

TRIES = 3  # then PayPal suspends a subscription, as our plans say
PAID = ("COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED")
OPEN_FOR = timedelta(days=1)
MEND_URL = "https://www.paypal.com/myaccount/autopay/"
OUTCOMES: dict[str, Outcome] = {
    "RESOLVED_BUYER_FAVOUR": "lost", "ACCEPTED": "lost", "RESOLVED_SELLER_FAVOUR": "won", "CANCELED_BY_BUYER": "won",
    "RESOLVED_WITH_PAYOUT": "won", "DENIED": "won", "NONE": "won",
}  # fmt: skip
REFUND = "T1107"
REVERSALS = ("T1106", "T1201", "T1202", "T1205", "T1207", "T1208")
BY_PREFIX: dict[str, LineKind] = {"T00": "charge", "T02": "exchange", "T04": "payout"}
# Not money that moves: it is held, and let go.
HOLDS = ("T1105", "T1110", "T1111")


def of_order(order: Thing, disputes: Iterable[Thing]) -> Snapshot:
    """A gift given once."""
    (unit,) = order["purchase_units"]
    payments = unit.get("payments") or {}
    captures = payments.get("captures", [])
    charges = tuple(_capture(one) for one in captures if one["status"] in PAID)
    return Snapshot(
        ref=order["id"],
        contribution=UUID(unit["custom_id"]),
        status=_of_order(order, captures, charges),
        charges=charges,
        refunds=tuple(refund(one) for one in payments.get("refunds", [])),
        ended_at=charges[0].at if charges else None,
        disputes=_disputed(charges, disputes),
    )


def _of_order(order: Thing, captures: list[Thing], charges: tuple[Charge, ...]) -> Status:
    if charges:
        return "ended"
    if order["status"] == "VOIDED":
        return "abandoned"
    is_refused = captures and all(one["status"] in ("DECLINED", "FAILED") for one in captures)
    return "declined" if is_refused else "pending"


def _capture(one: Thing) -> Charge:
    """As it was given, also where PayPal changes it at once: that stands in the report, as a row for each side."""
    told = one["seller_receivable_breakdown"]
    if "paypal_fee_in_receivable_currency" in told:
        raise ValueError(f"{one['id']} has its fee in another currency than the payment: that is not supported")
    fee = told.get("paypal_fee") or {"value": "0", "currency_code": one["amount"]["currency_code"]}
    return Charge(one["id"], _money(one["amount"]), _money(fee), moment(one["create_time"]))


def of_subscription(
    of: Thing, transactions: list[Thing], *, returns: Iterable[Refunded], disputes: Iterable[Thing], now: datetime
) -> Snapshot:
    """A gift that goes on; `returns` from the report, or as an event named one."""
    charges = tuple(_sale(one) for one in transactions if one["status"] in PAID)
    status = _of_subscription(of, charges, now)
    return Snapshot(
        ref=of["id"],
        contribution=UUID(of["custom_id"]),
        status=status,
        charges=charges,
        refunds=tuple({one.id: one for one in returns}.values()),
        ended_at=moment(of["status_update_time"]) if status == "ended" else None,
        disputes=_disputed(charges, disputes),
        failed=_failed(of) if status in ("past_due", "ended") else None,
    )


def _of_subscription(of: Thing, charges: tuple[Charge, ...], now: datetime) -> Status:
    """One that a person suspended may go on; one that PayPal suspended after its tries does not by itself."""
    status, failures = of["status"], _failures(of)
    if status in ("CANCELLED", "EXPIRED"):
        return "ended" if charges else "abandoned"
    if status == "SUSPENDED" and failures >= TRIES:
        return "ended"
    if status in ("ACTIVE", "SUSPENDED"):
        return "past_due" if failures else "active"
    is_open = now < moment(of["create_time"]) + OPEN_FOR
    return "pending" if is_open else "abandoned"


def _failures(of: Thing) -> int:
    return int((of.get("billing_info") or {}).get("failed_payments_count", 0))


def _failed(of: Thing) -> Failed | None:
    """The period is named by how many were paid before it."""
    if not _failures(of):
        return None
    paid = sum(one["cycles_completed"] for one in of["billing_info"].get("cycle_executions", []))
    return Failed(f"{of['id']}:{paid}", _failures(of), MEND_URL)


def _sale(one: Thing) -> Charge:
    told = one["amount_with_breakdown"]
    gross = _money(told["gross_amount"])
    fee = _money(told["fee_amount"]) if "fee_amount" in told else Money(0, gross.currency)
    return Charge(one["id"], gross, fee, moment(one["time"]))


def refund(one: Thing) -> Refunded:
    """One that PayPal tells by itself; of which payment stands in its links."""
    (up,) = (link["href"] for link in one["links"] if link["rel"] == "up")
    has_failed = one["status"] in ("FAILED", "CANCELLED")
    return Refunded(
        id=one["id"],
        charge_id=up.rpartition("/")[2],
        amount=_money(one["amount"]),
        at=moment(one["create_time"]),
        failed_at=moment(one["update_time"]) if has_failed else None,
    )


def refund_row(row: Thing) -> Refunded:
    """One as the report tells it."""
    amount = -_money(row["transaction_amount"])
    at = moment(row["transaction_initiation_date"])
    return Refunded(row["transaction_id"], row["paypal_reference_id"], amount, at)


def _disputed(charges: tuple[Charge, ...], disputes: Iterable[Thing]) -> tuple[Disputed, ...]:
    ours = {one.id for one in charges}
    return tuple(
        moved
        for dispute in disputes
        for tx in dispute["disputed_transactions"]
        if tx["seller_transaction_id"] in ours
        for moved in _movements(dispute, tx["seller_transaction_id"])
    )


def _movements(dispute: Thing, charge: str) -> Iterable[Disputed]:
    """What left and what came again. Its fee is a row of its own in the report, and booked from there."""
    due = dispute.get("seller_response_due_date")
    outcome = (dispute.get("dispute_outcome") or {}).get("outcome_code", "")
    for moved in dispute.get("money_movements", []):
        if moved["affected_party"] != "SELLER" or moved.get("reason", "DISPUTE_SETTLEMENT") != "DISPUTE_SETTLEMENT":
            continue
        amount, is_out = _money(moved["amount"]), moved["type"] == "DEBIT"
        yield Disputed(
            id=movement(charge, is_out=is_out),
            dispute=dispute["dispute_id"],
            charge_id=charge,
            amount=amount if is_out else -amount,
            fee=Money(0, amount.currency),
            at=moment(moved["initiated_time"]),
            respond_by=moment(due) if due else None,
            outcome=OUTCOMES.get(outcome, ""),
        )


def movement(charge: str, *, is_out: bool) -> str:
    """The name of a dispute's movement: PayPal gives it none that both its dispute and its report would say."""
    return f"{charge}:{'out' if is_out else 'back'}"


def notice(event: Thing) -> list[Notice]:
    """The hints in an event; none in one that is about no gift."""
    return [Notice(event["id"], event["event_type"], ref) for ref in _about(event["event_type"], event["resource"])][:1]


def _about(kind: str, thing: Thing) -> list[str]:
    """Names that `fetch` understands."""
    if kind.startswith(("CHECKOUT.ORDER.", "BILLING.SUBSCRIPTION.")):
        return [thing["id"]]
    if kind.startswith("CUSTOMER.DISPUTE."):
        return [f"payment/{tx['seller_transaction_id']}" for tx in thing["disputed_transactions"]]
    if kind == "PAYMENT.SALE.REFUNDED":
        return [f"payment/{thing['sale_id']}/{thing['id']}"]
    if kind == "PAYMENT.CAPTURE.REFUNDED":
        return [f"payment/{refund(thing).charge_id}"]
    if kind.startswith("PAYMENT.SALE.") and thing.get("billing_agreement_id"):
        return [thing["billing_agreement_id"]]
    return [f"payment/{thing['id']}"] if kind.startswith(("PAYMENT.SALE.", "PAYMENT.CAPTURE.")) else []


def is_decided(row: Thing) -> bool:
    """Not one that waits for the payer's bank."""
    return bool(row["transaction_status"] != "P")


def line(row: Thing) -> StatementLine | None:
    """A row of the report; None for one that moves no money."""
    code, about = row["transaction_event_code"], row.get("paypal_reference_id", "")
    if code in HOLDS or row["transaction_status"] not in ("S", "V"):
        return None
    gross = _money(row["transaction_amount"])
    fee = -_money(row["fee_amount"]) if "fee_amount" in row else Money(0, gross.currency)
    kind, ref = BY_PREFIX.get(code[:3], "fee"), row["transaction_id"]
    if code == REFUND:
        kind, about = "refund", f"payment/{about}/{ref}"
    elif code in REVERSALS:
        kind, ref, about = "dispute", movement(about, is_out=gross.minor < 0), f"payment/{about}"
    elif kind == "charge" and row.get("paypal_reference_id_type") != "SUB":
        about = f"payment/{ref}"
    at = moment(row["transaction_initiation_date"])
    return StatementLine(row["transaction_id"], kind, ref, gross, fee, gross - fee, at, about)


def _money(said: Thing) -> Money:
    return money(said["value"], said["currency_code"])


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
