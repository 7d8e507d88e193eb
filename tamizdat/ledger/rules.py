"""What makes an entry sound and what a month needs. Plain Python: no database, no clock."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

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


class BadCost(ValueError):
    """This cannot be a cost; the message names the field and the remedy."""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """A named monthly cost in force from `first` up to and including `last`, or until further notice."""

    id: UUID
    names: Mapping[str, str]
    amount: Money
    first: Month
    last: Month | None
    by: str
    added_at: datetime
    ended_by: str
    ended_at: datetime | None

    def is_in_force(self, month: Month) -> bool:
        return self.first <= month and (self.last is None or month <= self.last)

    @property
    def was_taken_back(self) -> bool:
        """Ended before it began: entered by mistake, never in force."""
        return self.last is not None and self.last < self.first

    def name(self, language: str) -> str:
        """Its name in that language, else in English, else in whichever there is."""
        return self.names.get(language) or self.names.get("en") or self.names[min(self.names)]


@dataclass(frozen=True, kw_only=True, slots=True)
class CostLine:
    """A cost as a reader sees it: named in one language."""

    id: UUID
    name: str
    amount: Money
    first: Month
    last: Month | None


def check_cost(*, names: Mapping[str, str], amount: Money, by: str) -> None:
    """Raises BadCost unless the cost has a name, a price and somebody who entered it."""
    if not names or not all(name.strip() and len(name) <= LONGEST_TEXT for name in names.values()):
        raise BadCost(f"names: name the cost, 1 to {LONGEST_TEXT} characters, in at least one language")
    if not 0 < amount.minor <= LARGEST_MINOR:
        raise BadCost(f"amount: {amount} is not a cost; write what a month costs, more than nothing")
    if not by.strip():
        raise BadCost("by: say who enters it")


def check_end(cost: Cost, last: Month) -> None:
    """Raises BadCost when the cost cannot end there. The month before its first takes it back."""
    if cost.last is not None:
        raise BadCost(f"last: this cost already ends with {cost.last}; add a new one instead")
    if last < cost.first - 1:
        raise BadCost(f"last: this cost begins in {cost.first}; end it with {cost.first - 1} to take it back")


def check_close(month: Month, *, today: date, closed: Month | None) -> None:
    """Raises BadClose for a month that is not over, or closed already."""
    if month.last_day >= today:
        raise BadClose(f"month: {month} is not over; close it from {(month + 1).first_day} on")
    if closed is not None and month <= closed:
        raise BadClose(f"month: {month} is closed already")


def need(costs: Iterable[Cost], month: Month, currency: str) -> Money:
    """What the costs in force that month come to; costs in other currencies do not count."""
    in_force = (cost.amount for cost in costs if cost.is_in_force(month) and cost.amount.currency == currency)
    return sum(in_force, start=Money(0, currency))


def gap(need: Money, raised: Money) -> Money:
    """What is missing; never below zero."""
    return max(need - raised, Money(0, need.currency))
