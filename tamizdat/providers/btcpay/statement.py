"""The statement that a BTCPay Server does not write, made of its invoices and pull payments, from a place on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tamizdat.providers.btcpay import reading
from tamizdat.support.rules.contract import StatementLine

Thing = dict[str, Any]


def charges(invoices: Iterable[Thing], after: str, now: datetime) -> tuple[list[StatementLine], str]:
    """Lines of final invoices made after that place, up to the first that is not final; and the place reached."""
    lines = []
    for invoice in sorted(invoices, key=made):
        if made(invoice) <= _read(after):
            continue
        if not reading.is_final(invoice, now):
            break
        if charge := reading.charge(invoice, now):
            order = (invoice["metadata"] or {}).get("orderId") or ""
            lines.append(reading.line("charge", charge, order))
            after = "{}:{}".format(*made(invoice))
    return lines, after


def returns(pulls: list[Thing], after: str, now: datetime) -> tuple[list[StatementLine], str]:
    """Lines of refunds that we asked for after that place; and the place reached."""
    ours = [pull for pull in pulls if reading.key_of(pull)]
    back = reading.refunds({reading.invoice_of(pull) for pull in ours}, ours, now)
    placed = sorted(((int(one.at.timestamp()), one.id), one) for one in back)
    fresh = [(place, one) for place, one in placed if place > _read(after)]
    lines = [reading.line("refund", one, "") for _, one in fresh]
    return lines, "{}:{}".format(*fresh[-1][0]) if fresh else after


def made(invoice: Thing) -> tuple[int, str]:
    """When, and its id where two were made in one second."""
    return int(invoice["createdTime"]), invoice["id"]


def _read(place: str) -> tuple[int, str]:
    seconds, _, id = place.partition(":")
    return int(seconds), id
