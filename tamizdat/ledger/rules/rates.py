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
class Worth:
    """What one of a currency comes to in the newsroom's on a day, None where no rate is known; and of which day the
    older of the two rates is that this takes."""

    currency: str
    rate: Decimal | None
    rate_of: date | None
    is_old: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """Reference rates by currency, each earliest first. Where a day has none the last one before it stands."""

    published: Mapping[str, Sequence[Rate]]

    def worth(self, currency: str, home: str, on: date) -> Worth:
        """What one comes to on that day."""
        have, want = self._last(currency, on), self._last(home, on)
        if currency == home:
            return Worth(currency, Decimal(1), on, is_old=False)
        if have is None or want is None:
            return Worth(currency, None, None, is_old=False)
        rate_of = min(have.on, want.on)
        return Worth(currency, want.per_euro / have.per_euro, rate_of, is_old=on - rate_of > FRESH)

    def exchange(self, amount: Money, home: str, on: date) -> Money | None:
        """What the amount came to on that day; None where no rate is known."""
        rate = self.worth(amount.currency, home, on).rate
        return amount.exchanged(home, rate) if rate else None

    def _last(self, currency: str, on: date) -> Rate | None:
        if currency == "EUR":
            return Rate(currency, on, Decimal(1))
        known = self.published.get(currency, ())
        before = bisect_right(known, on, key=lambda rate: rate.on)
        return known[before - 1] if before else None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was raised in another currency, and what it comes to in the newsroom's: None where no rate is known for
    some of it, and then none of it counts. `rate_of` is the day of the oldest rate, where that is old."""

    raised: Money
    comes_to: Money | None
    rate_of: date | None = None


def elsewhere(sums: Mapping[date, Money], home: str, rates: Rates) -> Elsewhere:
    """A month's sums of one other currency, by day."""
    raised = sum(sums.values(), start=Money(0, next(iter(sums.values())).currency))
    came = [rates.exchange(amount, home, day) for day, amount in sums.items()]
    if None in came:
        return Elsewhere(raised, None)
    found = (rates.worth(raised.currency, home, day) for day in sums)
    old = [one.rate_of for one in found if one.is_old and one.rate_of]
    return Elsewhere(raised, sum((one for one in came if one), start=Money(0, home)), min(old, default=None))
