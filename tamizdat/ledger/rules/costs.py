"""What a month needs, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tamizdat.ledger.rules.entries import LARGEST_MINOR, LONGEST_TEXT
from tamizdat.money import Money
from tamizdat.months import Month


class BadCost(ValueError):
    """This cannot be a cost; the message names the field and the remedy."""


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


def need(costs: Iterable[Cost], month: Month, currency: str) -> Money:
    """What the costs in force that month come to; costs in other currencies do not count."""
    in_force = (cost.amount for cost in costs if cost.is_in_force(month) and cost.amount.currency == currency)
    return sum(in_force, start=Money(0, currency))


def gap(need: Money, raised: Money) -> Money:
    """What is missing; never below zero."""
    return max(need - raised, Money(0, need.currency))
