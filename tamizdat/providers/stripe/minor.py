"""Amounts as Stripe writes them: smallest units, by its own table (docs.stripe.com/currencies)."""

from __future__ import annotations

from tamizdat.money import Money

HUNDREDTHS = {"ISK"}  # has nothing smaller than the unit; Stripe writes two decimals all the same
TENS = {"BHD", "JOD", "KWD", "OMR", "TND"}  # thousandths, of which the last is nought


def written(amount: Money) -> int:
    """The amount as Stripe wants it. Raises ValueError for one that it does not take."""
    if amount.currency in TENS and amount.minor % 10:
        raise ValueError(f"Stripe takes {amount.currency} in hundredths: {amount} ends in thousandths")
    return amount.minor * 100 if amount.currency in HUNDREDTHS else amount.minor


def read(minor: int, currency: str) -> Money:
    """What Stripe wrote. Raises ValueError for what cannot be."""
    code = currency.upper()
    if code not in HUNDREDTHS:
        return Money(minor, code)
    whole, rest = divmod(minor, 100)
    if rest:
        raise ValueError(f"{code} has no hundredths, but Stripe writes {minor}")
    return Money(whole, code)
