"""What is asked, where a gift may have come from, and when the public figure may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tamizdat.ledger.rules import CostLine
from tamizdat.money import Money
from tamizdat.months import Month

# Where a click on "support" may have come from: placement/variant, never a person.
SOURCES = frozenset(
    {
        "notice/plain",
        "appeal/plain",
        "header/plain",
        "ticker/plain",
        "page/plain",
        "reminder/calendar",
        "reminder/confirm",
        "reminder/letter",
    }
)

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


@dataclass(frozen=True, slots=True)
class Slots:
    """What a page needs in order to ask: figures and ways, no words.

    A page that may not ask still leads to giving, from its masthead, where one can give.
    """

    can_give: bool
    is_asking: bool
    is_training: bool
    need: Money
    figure: Figure | None
    methods: tuple[str, ...]
    amounts: tuple[Money, ...]
    minimum: Money
    costs: tuple[CostLine, ...] = ()


def may_change(last: Figure | None, *, now: datetime, today: date, last_day: date | None, gifts_since: int) -> bool:
    """Whether a live newsroom may publish a new figure: once a day, and hourly when ten gifts hide each one.

    `today` and `last_day` are days in the newsroom's time zone; `gifts_since` counts gifts since `last.as_of`.
    """
    if last is None or last_day is None or today > last_day:
        return True
    return gifts_since >= GIFTS_THAT_HIDE_ONE and now - last.as_of >= timedelta(hours=1)
