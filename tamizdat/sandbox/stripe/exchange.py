"""What a charge comes to in the shop's balance, when it has no bank account in its currency.

Source: docs.stripe.com/currencies/conversions. The rate is not the same from one movement to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tamizdat.money import Money
from tamizdat.sandbox.company.store import Store

# Dollars for one of each.
RATES = {"eur": "1.08", "gbp": "1.27", "chf": "1.13", "jpy": "0.0067", "uah": "0.024", "pln": "0.25", "cad": "0.72"}
ELSEWHERE = "0.5"


@dataclass(frozen=True, slots=True)
class Settled:
    """So many of the balance's smallest units; `rate` where they were exchanged."""

    minor: int
    currency: str
    rate: float | None = None


def settle(store: Store, amount: int, currency: str) -> Settled:
    """As it moves in the balance: in its own currency, unless the account exchanges all into one."""
    (account,) = store.find("account")
    home = account.get("_exchanges_into") or currency
    if home == currency:
        return Settled(amount, currency)
    rate = _dollars(currency) / _dollars(home) * (1 + Decimal(len(store.find("balance_transaction")) % 7 - 3) / 100)
    moved = Money(amount, currency.upper()).exchanged(home.upper(), rate).minor
    return Settled(moved or (1 if amount > 0 else -1), home, float(round(rate, 6)))


def _dollars(currency: str) -> Decimal:
    return Decimal("1" if currency == "usd" else RATES.get(currency, ELSEWHERE))
