"""What may be given, and how a movement of money stands in the books."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tamizdat.ledger.rules.entries import Line
from tamizdat.money import Money

ELSEWHERE = "elsewhere"  # where a bank is, when it is in none of the countries that the newsroom lists
LARGEST_IN_SMALLEST = 5_000  # $10,000 where the smallest gift is $2; scales with the currency


def ceiling(minimum: Money) -> Money:
    """The largest gift the form takes. Whoever would give more is asked to write: it is likelier a slip."""
    return Money(minimum.minor * LARGEST_IN_SMALLEST, minimum.currency)


def is_within(amount: Money, minimum: Money) -> bool:
    """Whether the form takes this amount."""
    return minimum <= amount <= ceiling(minimum)


def monthly_instead(once: Money, offered: Sequence[Money]) -> Money | None:
    """What to propose a month to somebody who gave once: the most of what is offered that is no more than a fifth of
    it, or the least; None when that is more than was given, or nothing is offered."""
    steps = sorted(offered, key=lambda one: one.minor)
    fitting = [one for one in steps if one.minor * 5 <= once.minor] or steps[:1]
    return fitting[-1] if fitting and fitting[-1] <= once else None


def is_listed(bank: str, listed: Collection[str]) -> bool:
    """Whether the bank is said to be in a country where giving can be prosecuted, however that is written."""
    return bank.strip().upper() in listed


def payment_lines(provider: str, *, gross: Money, fee: Money) -> list[Line]:
    """A payment in the books: what arrived, what the company kept, what was given."""
    return _lines((f"assets:{provider}", gross - fee), ("expenses:fees", fee), ("income:gifts", -gross))


def return_lines(provider: str, kind: str, *, amount: Money, fee: Money) -> list[Line]:
    """What went back in the books, positive, or came again, negative; and the fee that it cost."""
    account = "income:disputes" if kind == "dispute" else "income:refunds"
    return _lines((f"assets:{provider}", -amount - fee), (account, amount), ("expenses:fees", fee))


def settled_lines(provider: str, kind: str, *, net: Money) -> list[Line]:
    """What only a statement tells, in the books: what was paid out to the bank, or a fee that is of no payment.

    `net` is negative when it left.
    """
    other = "assets:bank" if kind == "payout" else "expenses:fees"
    return _lines((f"assets:{provider}", net), (other, -net))


def _lines(*sides: tuple[str, Money]) -> list[Line]:
    """Nothing is no line."""
    return [Line(account, amount) for account, amount in sides if amount]
