"""Money as a value: whole minor units and a currency code. A float amount does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

# ISO 4217 exponents. Only currencies named here can be taken: a missing one is refused, never guessed.
EXPONENTS = {
    "AED": 2, "AMD": 2, "ARS": 2, "AUD": 2, "AZN": 2, "BGN": 2, "BHD": 3, "BRL": 2, "BYN": 2, "CAD": 2,
    "CHF": 2, "CLP": 0, "CNY": 2, "COP": 2, "CZK": 2, "DKK": 2, "EGP": 2, "EUR": 2, "GBP": 2, "GEL": 2,
    "HKD": 2, "HUF": 2, "ILS": 2, "INR": 2, "ISK": 0, "JOD": 3, "JPY": 0, "KGS": 2, "KRW": 0, "KWD": 3,
    "KZT": 2, "MAD": 2, "MDL": 2, "MXN": 2, "NOK": 2, "NZD": 2, "OMR": 3, "PLN": 2, "RON": 2, "RSD": 2,
    "RUB": 2, "SAR": 2, "SEK": 2, "SGD": 2, "THB": 2, "TND": 3, "TRY": 2, "TWD": 2, "UAH": 2, "USD": 2,
    "UZS": 2, "VND": 0, "ZAR": 2,
}  # fmt: skip


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """`minor` whole minor units (cents) of `currency`; two currencies never mix."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"money is whole minor units, not {self.minor!r}")
        if self.currency not in EXPONENTS:
            raise ValueError(f"unknown currency “{self.currency}”")

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.decimal()} {self.currency}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")
        return other.minor

    def decimal(self) -> str:
        """The amount in major units, "5.00"; machine-readable, never localised."""
        exponent = EXPONENTS[self.currency]
        sign, digits = "-" if self.minor < 0 else "", str(abs(self.minor)).rjust(exponent + 1, "0")
        return sign + (f"{digits[:-exponent]}.{digits[-exponent:]}" if exponent else digits)

    def exchanged(self, currency: str, rate: Decimal) -> Money:
        """At `rate` units of `currency` for one of this, to its nearest minor unit, half to even."""
        minor = self.minor * rate * Decimal(10) ** (EXPONENTS[currency] - EXPONENTS[self.currency])
        return Money(int(minor.to_integral_value(ROUND_HALF_EVEN)), currency)


def parse_amount(text: str, currency: str) -> Money:
    """Read an amount as people type it: "5", "5.00", "5,00", "١٢", "1 000".

    Raises ValueError, with the remedy, for anything that is not a plain amount; never rounds.
    """
    exponent = EXPONENTS[currency]
    digits = text.strip().translate(_SEPARATORS)
    digits = "".join(digits.split())
    whole, point, fraction = digits.partition(".")
    negative, whole = whole.startswith("-"), whole.removeprefix("-")
    if not whole.isdecimal() or (point and not fraction.isdecimal()) or len(digits) > 15:
        raise ValueError(f"“{text.strip()[:40]}” is not an amount; write it in figures, like 5 or 5.00")
    if len(fraction) > exponent:
        raise ValueError(f"{currency} has {exponent} digits after the point")
    minor = int(whole) * 10**exponent + int(fraction.ljust(exponent, "0") or "0")
    return Money(-minor if negative else minor, currency)


_SEPARATORS = str.maketrans({",": ".", "٫": ".", "−": "-", "\u00a0": " ", "\u202f": " ", "'": " ", "’": " "})
