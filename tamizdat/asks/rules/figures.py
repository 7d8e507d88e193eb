"""The public figure, and when it may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tamizdat.money import Money
from tamizdat.months import Month

GIFTS_THAT_HIDE_ONE = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """The public figure of one month, as it stood at `as_of`."""

    month: Month
    need: Money
    raised: Money
    supporters: int
    as_of: datetime

    @property
    def currency(self) -> str:
        return self.need.currency

    @property
    def gap(self) -> Money:
        """What is missing; never below zero."""
        return Money(max(0, self.need.minor - self.raised.minor), self.currency)

    @property
    def beyond(self) -> Money:
        """What has come past the need; never below zero."""
        return Money(max(0, self.raised.minor - self.need.minor), self.currency)


def may_change(last: Figure | None, *, now: datetime, today: date, last_day: date | None, gifts_since: int) -> bool:
    """Whether a live newsroom may publish a new figure: once a day, and hourly when ten gifts hide each one.

    `today` and `last_day` are days in the newsroom's time zone; `gifts_since` counts gifts since `last.as_of`.
    """
    if last is None or last_day is None or today > last_day:
        return True
    return gifts_since >= GIFTS_THAT_HIDE_ONE and now - last.as_of >= timedelta(hours=1)
