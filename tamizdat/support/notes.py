"""The three letters of this room. Each is written at most once, and only to who left an address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tamizdat.letters import actions as letters
from tamizdat.support import addresses, keys
from tamizdat.support.models import Contribution, Payment, Refund


def receipt(payment: Payment, *, now: datetime) -> None:
    """The receipt; the first one brings the private address."""
    gift = payment.contribution
    is_first = not gift.payments.exclude(pk=payment.pk).exists()
    key = keys.for_receipt(gift, now) if gift.recipient and is_first else ""
    _write(
        "receipt",
        gift,
        key=payment.entry_key,
        amount=payment.gross,
        day=payment.day,
        number=payment.receipt_number,
        private_address=addresses.private(key, gift.language) if key else "",
    )


def refund(refund: Refund) -> None:
    payment = refund.payment
    _write(
        "refund",
        payment.contribution,
        key=refund.entry_key,
        amount=refund.amount,
        day=refund.day,
        number=payment.receipt_number,
    )


def stopped(gift: Contribution) -> None:
    _write("stopped", gift, key=f"stopped:{gift.pk}", amount=gift.amount)


def _write(kind: str, gift: Contribution, *, key: str, **said: Any) -> None:
    if gift.recipient:
        letters.send(kind, to=gift.recipient, key=key, context={"cadence": gift.cadence, **said})
