"""What makes an entry sound, and when a month may be closed. Plain Python: no database, no clock."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tamizdat.money import Money
from tamizdat.months import Month

KINDS = ("assets", "income", "expenses", "liabilities")
ACCOUNT = re.compile(rf"(?:{'|'.join(KINDS)}):[a-z0-9][a-z0-9_.-]{{0,60}}")
LARGEST_MINOR = 10**15
LONGEST_TEXT = 200


class BadEntry(ValueError):
    """This cannot be booked; the message names the field and the remedy."""


class KeyReused(BadEntry):
    """The key already stands for an entry with other lines."""


class UnknownEntry(BadEntry):
    """No entry has this key."""


class AlreadyReversed(BadEntry):
    """An entry is reversed once."""


class BadClose(ValueError):
    """This month cannot be closed; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """What an entry does to `account` ("income:gifts"): a debit is positive, a credit negative."""

    account: str
    amount: Money

    def __post_init__(self) -> None:
        if not ACCOUNT.fullmatch(self.account):
            raise BadEntry(f"account: “{self.account}” should be kind:name, like income:gifts or assets:practice")
        if not self.amount:
            raise BadEntry(f"amount: a line of nothing on {self.account}; leave it out")
        if abs(self.amount.minor) > LARGEST_MINOR:
            raise BadEntry(f"amount: {self.amount} is more than the books can hold; split the entry")


def unbalanced(lines: Iterable[Line]) -> str | None:
    """Why these lines are no entry, or None: at least two, and each currency sums to zero."""
    lines = list(lines)
    if len(lines) < 2:
        return "lines: an entry has at least two; say where the money came from and where it went"
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.amount.currency] += line.amount.minor
    over = [str(Money(minor, currency)) for currency, minor in sums.items() if minor]
    return f"lines: debits and credits differ by {', '.join(over)}; they must sum to zero" if over else None


def check_entry(*, key: str, on: date, what: str, lines: Sequence[Line]) -> None:
    """Raises BadEntry unless these can be booked."""
    for field, text in (("key", key), ("what", what)):
        if not text.strip() or len(text) > LONGEST_TEXT:
            raise BadEntry(f"{field}: write 1 to {LONGEST_TEXT} characters")
    if isinstance(on, datetime) or not isinstance(on, date):
        raise BadEntry(f"on: {on!r} is not a day; give the date in the newsroom's time zone")
    if problem := unbalanced(lines):
        raise BadEntry(problem)


def opposite(lines: Iterable[Line]) -> list[Line]:
    """The lines that take these back."""
    return [Line(line.account, -line.amount) for line in lines]


def check_close(month: Month, *, today: date, closed: Month | None) -> None:
    """Raises BadClose for a month that is not over, or closed already."""
    if month.last_day >= today:
        raise BadClose(f"month: {month} is not over; close it from {(month + 1).first_day} on")
    if closed is not None and month <= closed:
        raise BadClose(f"month: {month} is closed already")
