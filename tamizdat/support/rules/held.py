"""All that is held of a gift, for who gave it: there is no name, and an address only as that it exists."""

from __future__ import annotations

from typing import Any

from tamizdat.support.rules.values import Gift, Paid


def held(gift: Gift) -> dict[str, Any]:
    """Ready for JSON. Days are the newsroom's, amounts in major units."""
    return {
        "amount": str(gift.amount),
        "cadence": gift.cadence.value,
        "begun": gift.begun_at.isoformat(),
        "ended": gift.ended_at.isoformat() if gift.ended_at else None,
        "standing": gift.standing.value,
        "paused until": gift.paused_until.isoformat() if gift.paused_until else None,
        "language": gift.language,
        "came from": gift.source,
        "payment company": gift.provider,
        "called there": gift.ref,
        "an e-mail address is kept, encrypted": gift.has_address,
        "payments": [_paid(one) for one in gift.payments],
    }


def _paid(one: Paid) -> dict[str, str]:
    return {
        "receipt": one.number,
        "day": one.day.isoformat(),
        "amount": str(one.gross),
        "company's fee": str(one.fee),
        "given back": str(one.refunded),
        "called at the company": one.ref,
    }
