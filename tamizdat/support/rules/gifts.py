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


def payment_lines(provider: str, *, gross: Money, settled: Money, fee: Money) -> list[Line]:
    """A payment in the books: what arrived, what the company kept, what was given."""
    arrived, given = (f"assets:{provider}", settled - fee), ("income:gifts", -gross)
    return _lines(arrived, ("expenses:fees", fee), *_exchange(gross, settled), given)


def return_lines(provider: str, kind: str, *, amount: Money, settled: Money, fee: Money) -> list[Line]:
    """What went back in the books, positive, or came again, negative; and the fee that it cost."""
    account = "income:disputes" if kind == "dispute" else "income:refunds"
    left = (f"assets:{provider}", -settled - fee)
    return _lines(left, (account, amount), *_exchange(-amount, -settled), ("expenses:fees", fee))


def _exchange(given: Money, got: Money) -> list[tuple[str, Money]]:
    """Each currency balances by itself, over an account that holds what the one was given for the other."""
    return [("income:exchange", given), ("income:exchange", -got)] if given.currency != got.currency else []


STATED = {"payout": "assets:bank", "fee": "expenses:fees", "exchange": "income:exchange"}


def statement_lines(provider: str, kind: str, *, net: Money) -> list[Line]:
    """What only a statement tells, in the books: what was paid out to the bank, a fee that is of no payment, or one
    side of an exchange. `net` is negative when it left.
    """
    return _lines((f"assets:{provider}", net), (STATED[kind], -net))


def _lines(*sides: tuple[str, Money]) -> list[Line]:
    """Nothing is no line."""
    return [Line(account, amount) for account, amount in sides if amount]
