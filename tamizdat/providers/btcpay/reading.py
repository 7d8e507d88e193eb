"""What a BTCPay Server says, in our words. Plain dictionaries in, values out.

Source: the Greenfield API of BTCPay Server 2.4. An invoice says what came, but not what went back: a refund is a pull
payment, which names no invoice, so that ours say in their description of which invoice they are, why and when.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tamizdat.money import Money
from tamizdat.providers.decimals import money
from tamizdat.support.rules.contract import Charge, Notice, Refunded, Snapshot, StatementLine, Status

Thing = dict[str, Any]

# Ours say all of it; the server's own button names the invoice alone.
OURS = re.compile(r"refund (?P<key>\S+) of (?P<invoice>\S+) at (?P<at>[0-9]+)")
BY_HAND = re.compile(r"Refund (?P<invoice>\S+)")


# What we write into an invoice's metadata: how often the gift is given, and when one that recurs ended.
CADENCE, STOPPED = "cadence", "stopped"


def described(key: str, invoice: str, at: datetime) -> str:
    """The description of a pull payment of ours."""
    return f"refund {key} of {invoice} at {int(at.timestamp())}"


def snapshot(contribution: UUID, invoices: list[Thing], pulls: Iterable[Thing], now: datetime) -> Snapshot:
    """One gift, from all of its invoices and all of the store's pull payments."""
    charges = tuple(found for one in invoices if (found := charge(one, now)))
    return Snapshot(
        ref=str(contribution),
        contribution=contribution,
        status=_recurring(invoices, charges) if recurs(invoices) else _status(invoices, charges),
        charges=charges,
        refunds=tuple(refunds({one.id for one in charges}, pulls, now)),
        ended_at=_ended_at(invoices, charges),
    )


def recurs(invoices: list[Thing]) -> bool:
    """Whether the gift is one that recurs, from all of its invoices, oldest first."""
    return bool(invoices) and (invoices[0]["metadata"] or {}).get(CADENCE, "once") != "once"


def stopped_at(invoices: list[Thing]) -> datetime | None:
    """When a gift that recurs was stopped."""
    said = (invoices[0]["metadata"] or {}).get(STOPPED)
    return _moment(said) if said else None


def _ended_at(invoices: list[Thing], charges: tuple[Charge, ...]) -> datetime | None:
    if not charges:
        return None
    return stopped_at(invoices) if recurs(invoices) else charges[0].at


def _recurring(invoices: list[Thing], charges: tuple[Charge, ...]) -> Status:
    """Active from its first payment on; what has never been paid is as a gift given once."""
    if not charges:
        return _status(invoices, charges)
    return "ended" if stopped_at(invoices) else "active"


def _status(invoices: list[Thing], charges: tuple[Charge, ...]) -> Status:
    if charges:
        return "ended"
    if any(one["status"] in ("New", "Processing") for one in invoices):
        return "pending"
    return "declined" if any(_came(one) for one in invoices) else "abandoned"


def is_final(invoice: Thing, now: datetime) -> bool:
    """Whether nothing more can come of it: until then a payment may be late, in part, or unconfirmed."""
    return invoice["status"] in ("Settled", "Invalid") or now >= _moment(invoice["monitoringExpiration"])


def charge(invoice: Thing, now: datetime) -> Charge | None:
    """What came and stays: of a settled invoice, or of one that ran out with a part of it paid, or paid late."""
    came = _came(invoice)
    is_settled = invoice["status"] == "Settled"
    if is_settled and not came:  # a person marked it: it was paid outside
        came = money(invoice["amount"], invoice["currency"])
    if not came or not (is_settled or (invoice["status"] == "Expired" and is_final(invoice, now))):
        return None
    return Charge(id=invoice["id"], amount=came, fee=Money(0, came.currency), at=paid_at(invoice))


def _came(invoice: Thing) -> Money:
    return money(invoice["paidAmount"], invoice["currency"])


def paid_at(invoice: Thing) -> datetime:
    """When the last of it came; when it was made, if the server does not say."""
    methods = invoice.get("paymentMethods") or []
    received = [one["receivedDate"] for method in methods for one in method.get("payments") or []]
    return _moment(max(received, default=invoice["createdTime"]))


def refunds(invoices: set[str], pulls: Iterable[Thing], now: datetime) -> Iterable[Refunded]:
    """What was set aside to go back of these invoices: whoever paid fetches it at the pull payment's page.

    One that was archived before it was fetched has come again.
    """
    for pull in pulls:
        found = _said(pull)
        if found is None or found["invoice"] not in invoices:
            continue
        at = _moment(int(found["at"])) if "at" in found.re.groupindex else now
        yield Refunded(
            id=pull["id"],
            charge_id=found["invoice"],
            amount=money(pull["amount"], pull["currency"]),
            at=at,
            failed_at=now if pull["archived"] and not pull["_claimed"] else None,
            claim_url=pull["viewLink"] or "",
        )


def key_of(pull: Thing) -> str:
    """The key under which we asked for a pull payment; empty when somebody else did."""
    found = OURS.fullmatch(pull["description"] or "")
    return found["key"] if found else ""


def invoice_of(pull: Thing) -> str:
    """Of which invoice a pull payment is; empty when it does not say."""
    found = _said(pull)
    return found["invoice"] if found else ""


def _said(pull: Thing) -> re.Match[str] | None:
    return OURS.fullmatch(pull["description"] or "") or BY_HAND.fullmatch(pull["name"] or "")


def notice(event: Thing) -> list[Notice]:
    """The hint in an event; none in one that is about no gift."""
    order = (event.get("metadata") or {}).get("orderId") or ""
    return [Notice(event["originalDeliveryId"], event["type"], order)] if order else []


def line(kind: Any, moved: Charge | Refunded, about: str) -> StatementLine:
    """A row of the statement that the server does not write: made of its invoices and pull payments."""
    gross = moved.amount if isinstance(moved, Charge) else -moved.amount
    return StatementLine(
        id=moved.id, kind=kind, ref=moved.id, gross=gross, fee=Money(0, gross.currency), net=gross, at=moved.at,
        about=about,
    )  # fmt: skip


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
