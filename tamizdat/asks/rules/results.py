"""What came of tried wordings, and whether to stop: readable every day without being fooled by looking often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import groupby, permutations

from tamizdat.asks.rules.decks import HOLD_OUT
from tamizdat.asks.rules.sequences import Count, Ratio, expected
from tamizdat.money import Money

THOUSAND = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What was counted of a variant on one UTC day that is over. Showings are scaled back from those seen."""

    day: date
    variant: str
    showings: int
    clicks: int = 0
    gifts: int = 0
    money: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A variant's sums. `alpha` is how probably `low` and `high` are ever wrong, on any day."""

    variant: str
    showings: int = 0
    clicks: int = 0
    gifts: int = 0
    money: Money
    alpha: float = 0.05

    def plus(self, day: Day) -> Line:
        return replace(
            self,
            showings=self.showings + day.showings,
            clicks=self.clicks + day.clicks,
            gifts=self.gifts + day.gifts,
            money=self.money + day.money,
        )

    @property
    def per_thousand(self) -> Money | None:
        """Money per thousand showings; a plain figure, without bounds."""
        return per_thousand(self.money, self.showings)

    @property
    def rate(self) -> float | None:
        """Gifts per thousand showings."""
        return self._of_thousand(self.gifts)

    @property
    def low(self) -> float | None:
        """The lowest rate that stands; None where nothing was shown."""
        return self._of_thousand(expected(self.gifts, alpha=self.alpha)[0])

    @property
    def high(self) -> float | None:
        return self._of_thousand(expected(self.gifts, alpha=self.alpha)[1])

    def _of_thousand(self, events: float) -> float | None:
        return events / self.showings * THOUSAND if self.showings and self.variant != HOLD_OUT else None


def per_thousand(money: Money, showings: int) -> Money | None:
    """Money per thousand showings, to the nearest minor unit, halves up; None where nothing was shown."""
    if not showings:
        return None
    return Money((money.minor * THOUSAND * 2 + showings) // (showings * 2), money.currency)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Between which bounds lies a variant's rate of gifts, as a multiple of the leader's."""

    variant: str
    leader: str
    low: float
    high: float


class Verdict(StrEnum):
    TOO_EARLY = "too early"
    KEEP_GOING = "keep going"
    STOP = "stop, this one"
    FALSE_ALARM = "false alarm"  # a stop between the same words


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What is known after some days.

    Promised, as far as a gift is a rare event and the ratio of two rates stays: the probability that it ever says stop
    for a variant that is not the best, or for any where all are the same, is at most alpha, however often one looks.
    For that, each pair has alpha / (variants - 1): a wrong one must beat the best, and among equals the first of them
    must win or lose. The bounds of each pair hold with that alpha; those of all pairs at once have half as many alphas
    as there are variants.
    """

    lines: tuple[Line, ...]
    ratios: Mapping[tuple[str, str], Ratio]
    minimum_showings: int
    minimum_gifts: int
    alpha: float
    is_same_words: bool

    def after(self, days: Sequence[Day]) -> Results:
        """With the rows of one more day; the work does not grow with the days before it."""
        lines, counts = [], {}
        for line in self.lines:
            rows = [row for row in days if row.variant == line.variant]
            counts[line.variant] = Count(sum(row.showings for row in rows), sum(row.gifts for row in rows))
            for row in rows:
                line = line.plus(row)
            lines.append(line)
        ratios = {(a, b): ratio.after(counts[a], counts[b]) for (a, b), ratio in self.ratios.items()}
        return replace(self, lines=tuple(lines), ratios=ratios)

    @property
    def candidates(self) -> tuple[Line, ...]:
        """Those that can win: all but the hold-out, which is shown nothing."""
        return tuple(line for line in self.lines if line.variant != HOLD_OUT)

    @property
    def leader(self) -> str:
        """Who has most gifts for its showings so far; the first of equals."""
        return max(self.candidates, key=lambda line: line.rate or 0.0).variant

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every other candidate against the leader."""
        leader = self.leader
        return tuple(Comparison(name, leader, *ratio.bounds(self._level)) for name, ratio in self._against(leader))

    @property
    def verdict(self) -> Verdict:
        """What to do today. In a trial of the same words a stop is a false alarm, and is called one."""
        few = min(line.showings for line in self.candidates) < self.minimum_showings
        if few or sum(line.gifts for line in self.candidates) < self.minimum_gifts:
            return Verdict.TOO_EARLY
        others = self._against(self.leader)
        if not others or not all(ratio.is_below_one(self._level) for _, ratio in others):
            return Verdict.KEEP_GOING
        return Verdict.FALSE_ALARM if self.is_same_words else Verdict.STOP

    @property
    def best(self) -> str | None:
        """The variant to keep, once the verdict is to stop."""
        return self.leader if self.verdict == Verdict.STOP else None

    @property
    def _level(self) -> float:
        return self.alpha / max(1, len(self.candidates) - 1)

    def _against(self, leader: str) -> list[tuple[str, Ratio]]:
        return [(a, ratio) for (a, b), ratio in self.ratios.items() if b == leader]


def results(
    days: Iterable[Day],
    *,
    variants: Sequence[str],
    currency: str,
    minimum_showings: int = 5_000,
    minimum_gifts: int = 20,
    alpha: float = 0.05,
    is_same_words: bool = False,
) -> Results:
    """What came of a trial. `minimum_showings` are of each candidate, `minimum_gifts` of all of them together.

    `variants` may name the hold-out and must name a candidate; rows of others are not looked at. Raises ValueError
    where money is of another currency.
    """
    found = Results(
        lines=tuple(Line(variant=name, money=Money(0, currency), alpha=alpha) for name in variants),
        ratios={pair: Ratio() for pair in permutations((name for name in variants if name != HOLD_OUT), 2)},
        minimum_showings=minimum_showings,
        minimum_gifts=minimum_gifts,
        alpha=alpha,
        is_same_words=is_same_words,
    )
    for _, rows in groupby(sorted(days, key=lambda row: row.day), key=lambda row: row.day):
        found = found.after(list(rows))
    return found
