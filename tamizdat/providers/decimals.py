"""Amounts that a company writes as decimals of major units."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from tamizdat.money import EXPONENTS, Money


def money(text: str, currency: str) -> Money:
    """A decimal as whole minor units; what is less than one is not counted. Raises ArithmeticError, KeyError."""
    minor = Decimal(text).scaleb(EXPONENTS[currency]).quantize(Decimal(1), rounding=ROUND_DOWN)
    return Money(int(minor), currency)
