"""What other currencies are worth in the newsroom's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tamizdat.money import Money

FRESH = timedelta(days=7)  # at Easter the central bank publishes nothing for five days


class BadRates(ValueError):
    """This is no file of reference rates; the message says which to bring."""


@dataclass(frozen=True, slots=True)
class Rate:
    """On that day one euro was so many units of `currency`."""

    currency: str
    on: date
    per_euro: Decimal


@dataclass(frozen=True, slots=True)
class Rates:
    """Reference rates by currency, each earliest first. Where a day has none the last one before it stands."""

    published: Mapping[str, Sequence[Rate]]

    def last(self, currency: str, on: date) -> Rate | None:
        """The rate that stands on that day; None where none was ever known."""
        if currency == "EUR":
            return Rate(currency, on, Decimal(1))
        known = self.published.get(currency, ())
        before = bisect_right(known, on, key=lambda rate: rate.on)
        return known[before - 1] if before else None

    def exchange(self, amount: Money, currency: str, on: date) -> tuple[Money, date] | None:
        """What the amount came to on that day, and of which day the older of its two rates is; None without both."""
        if amount.currency == currency:
            return amount, on
        have, want = self.last(amount.currency, on), self.last(currency, on)
        if have is None or want is None:
            return None
        return amount.exchanged(currency, want.per_euro / have.per_euro), min(have.on, want.on)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was raised in another currency, and what it comes to in the newsroom's: None where no rate is known for
    some of it, which then is not counted. `rate_of` is the day of the oldest rate, where that is old."""

    raised: Money
    comes_to: Money | None
    rate_of: date | None = None


def elsewhere(sums: Mapping[date, Money], currency: str, rates: Rates) -> Elsewhere:
    """A month's sums of one other currency, by day."""
    raised = sum(sums.values(), start=Money(0, next(iter(sums.values())).currency))
    found = {day: rates.exchange(amount, currency, day) for day, amount in sums.items()}
    known = [(day, *one) for day, one in found.items() if one]
    if len(known) < len(found):
        return Elsewhere(raised, None)
    old = [rate_of for day, _, rate_of in known if day - rate_of > FRESH]
    return Elsewhere(raised, sum((one for _, one, _ in known), start=Money(0, currency)), min(old) if old else None)
