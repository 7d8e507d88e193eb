"""What Stripe's objects say, in our words. Plain dictionaries in, values out.

Source: docs.stripe.com/api, version 2026-10-28. Since 2025 an invoice names its payments in a list of its own and a
charge names no invoice, so that all charges of a gift are found by its customer, who is made for it alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.providers.stripe import minor
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

SUBSCRIPTION: dict[str, Status] = {
    "active": "active", "trialing": "active", "paused": "active", "past_due": "past_due", "unpaid": "past_due",
    "canceled": "ended", "incomplete": "pending", "incomplete_expired": "declined",
}  # fmt: skip
OUTCOMES: dict[str, Outcome] = {"won": "won", "warning_closed": "won", "lost": "lost"}
# A row of the balance, by what Stripe reports it under.
LINES: dict[str, LineKind] = {
    "charge": "charge", "refund": "refund", "refund_failure": "refund", "partial_capture_reversal": "refund",
    "dispute": "dispute", "dispute_reversal": "dispute", "payout": "payout", "payout_reversal": "payout", "fee": "fee",
}  # fmt: skip
OF_NO_GIFT = {"payout", "balance", "account", "customer", "product", "price", "mandate", "setup_intent"}


def snapshot(session: Thing, charges: list[Thing], disputes: list[Thing]) -> Snapshot:
    """One gift. `session` has its subscription and payment intent expanded, charges their balance rows and refunds."""
    taken = [one for one in charges if one["status"] == "succeeded" and one["balance_transaction"]]
    return Snapshot(
        ref=session["id"],
        contribution=UUID(session["client_reference_id"]),
        status=_status(session, taken),
        charges=tuple(_charge(one) for one in taken),
        refunds=tuple(_refund(back) for one in taken for back in one["refunds"]["data"] if _has_moved(back)),
        ended_at=_ended_at(session, taken),
        disputes=tuple(moved for dispute in disputes for moved in _movements(dispute)),
        failed=_failed(session["subscription"]),
        amount=_amount(session["subscription"]),
        paused_until=_paused_until(session["subscription"]),
        card_until=_card_until(session),
    )


def _amount(subscription: Thing | None) -> Money | None:
    if subscription is None or subscription["status"] == "canceled":
        return None
    price = subscription["items"]["data"][0]["price"]
    return minor.read(price["unit_amount"], price["currency"])


def _paused_until(subscription: Thing | None) -> datetime | None:
    pause = subscription and subscription["pause_collection"]
    return _moment(pause["resumes_at"]) if pause and pause["resumes_at"] else None


def _card_until(session: Thing) -> date | None:
    """To the end of its last month; debits say nothing. The subscription's own card goes before its payer's."""
    if not session["subscription"]:
        return None
    theirs = (session["payer"].get("invoice_settings") or {}).get("default_payment_method")
    card = (session["subscription"]["default_payment_method"] or theirs or {}).get("card")
    return Month(card["exp_year"], card["exp_month"]).last_day if card else None


def _status(session: Thing, taken: list[Thing]) -> Status:
    if subscription := session["subscription"]:
        return SUBSCRIPTION[subscription["status"]]
    if taken:
        return "ended"
    if session["status"] == "expired":
        return "abandoned"
    intent = session["payment_intent"]
    has_failed = (
        session["status"] == "complete" and intent and intent["status"] in ("requires_payment_method", "canceled")
    )
    return "declined" if has_failed else "pending"


def _ended_at(session: Thing, taken: list[Thing]) -> datetime | None:
    if subscription := session["subscription"]:
        return _moment(subscription["ended_at"]) if subscription["ended_at"] else None
    return _moment(taken[0]["created"]) if taken else None


def _charge(one: Thing) -> Charge:
    row = one["balance_transaction"]
    return Charge(
        id=one["id"],
        amount=minor.read(one["amount"], one["currency"]),
        fee=minor.read(row["fee"], row["currency"]),
        at=_moment(one["created"]),
        exchanged=_exchanged(row, one["currency"]),
    )


def _exchanged(row: Thing | None, currency: str) -> Money | None:
    """What moved in the balance, where that is kept in another currency."""
    return minor.read(row["amount"], row["currency"]) if row and row["currency"] != currency else None


def _has_moved(back: Thing) -> bool:
    """In the balance: until then it is not known what it comes to there."""
    return back["status"] in ("succeeded", "pending", "failed") and bool(back["balance_transaction"])


def _refund(back: Thing) -> Refunded:
    at, left = _moment(back["created"]), _exchanged(back["balance_transaction"], back["currency"])
    return Refunded(
        id=back["id"],
        charge_id=back["charge"],
        amount=minor.read(back["amount"], back["currency"]),
        at=at,
        failed_at=at if back["status"] == "failed" else None,
        exchanged=-left if left else None,
        again=_exchanged(back.get("failure_balance_transaction"), back["currency"]),
    )


def _movements(dispute: Thing) -> Iterable[Disputed]:
    due = (dispute.get("evidence_details") or {}).get("due_by")
    for row in dispute["balance_transactions"]:
        moved = _exchanged(row, dispute["currency"])
        given = row["amount"] if moved is None else dispute["amount"] * (1 if row["amount"] > 0 else -1)
        yield Disputed(
            id=row["id"],
            dispute=dispute["id"],
            charge_id=dispute["charge"],
            amount=-minor.read(given, dispute["currency"]),
            exchanged=-moved if moved else None,
            fee=minor.read(row["fee"], row["currency"]),
            at=_moment(row["created"]),
            respond_by=_moment(due) if due else None,
            outcome=OUTCOMES.get(dispute["status"], ""),
        )


def _failed(subscription: Thing | None) -> Failed | None:
    if subscription is None or not subscription["latest_invoice"]:
        return None
    invoice = subscription["latest_invoice"]
    if subscription["status"] not in ("past_due", "unpaid", "canceled") or invoice["status"] == "paid":
        return None
    if not invoice["attempt_count"]:
        return None
    return Failed(invoice["id"], invoice["attempt_count"], invoice["hosted_invoice_url"] or "")


def notice(event: Thing) -> list[Notice]:
    """The hint in an event; none in one that is about no gift."""
    thing = event["data"]["object"]
    if thing["object"] in OF_NO_GIFT:
        return []
    ref = thing["id"] if thing["object"] == "checkout.session" else thing.get("customer") or thing.get("charge")
    return [Notice(event["id"], event["type"], ref)] if ref else []


def line(row: Thing) -> StatementLine:
    """A row of the balance, with what it is about expanded."""
    currency, source = row["currency"], row["source"] or {}
    kind = LINES.get(row["reporting_category"], "fee")
    return StatementLine(
        id=row["id"],
        kind=kind,
        ref=row["id"] if kind == "dispute" else source.get("id", ""),
        gross=minor.read(row["amount"], currency),
        fee=minor.read(row["fee"], currency),
        net=minor.read(row["net"], currency),
        at=_moment(row["created"]),
        about=source.get("charge") or (source.get("id", "") if kind == "charge" else ""),
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
