"""Trials of wordings with readers that are drawn: what the tallies and the books would say of them, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from math import exp, lgamma, log, log1p, sqrt
from random import Random
from statistics import NormalDist

from tamizdat.asks.rules.results import Day, Results, Verdict, results
from tamizdat.money import Money

ALPHA = 0.05
FIRST, GIFT = date(2026, 11, 1), Money(1_500, "USD")
STOPPED = (Verdict.STOP, Verdict.FALSE_ALARM)
CRITICAL = NormalDist().inv_cdf(1 - ALPHA / 2)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """By wording, the share of showings that lead to a gift. A device says one showing in `seen`, as that many."""

    rates: Mapping[str, float]
    showings: int = 4_000  # of each wording, a day
    days: int = 90
    seen: int = 10
    is_same_words: bool = False

    def drawn(self, random: Random) -> Iterator[list[Day]]:
        """Rows of each day."""
        for number in range(self.days):
            yield [self._row(random, number, name, rate) for name, rate in self.rates.items()]

    def _row(self, random: Random, number: int, name: str, rate: float) -> Day:
        said = self.showings if self.seen == 1 else drawn(random, self.showings, 1 / self.seen) * self.seen
        gifts = drawn(random, self.showings, rate)
        return Day(
            day=FIRST + timedelta(days=number),
            variant=name,
            showings=said,
            gifts=gifts,
            money=Money(GIFT.minor * gifts, GIFT.currency),
        )


@dataclass(frozen=True)
class Run:
    """On which day it was first said to stop, and for whom; and when a test that is looked at daily first said so."""

    stop: int | None
    best: str | None
    naive: int | None
    final: Results


def run(trial: Trial, random: Random) -> Run:
    """All days of a trial, with the verdict asked on each. Both tests have the same minimum."""
    found = results([], variants=tuple(trial.rates), currency=GIFT.currency, is_same_words=trial.is_same_words)
    stop = best = naive = None
    for number, rows in enumerate(trial.drawn(random), start=1):
        found = found.after(rows)
        verdict = found.verdict
        if stop is None and verdict in STOPPED:
            stop, best = number, found.leader
        if naive is None and verdict != Verdict.TOO_EARLY and is_different(found):
            naive = number
    return Run(stop, best, naive, found)


def runs(trial: Trial, n: int, *, seed: object) -> list[Run]:
    """So many, each with a seed of its own: a larger n begins with the same."""
    return [run(trial, Random(f"{seed} {number}")) for number in range(n)]


def is_different(found: Results) -> bool:
    """Whether a test of two shares at 5 %, which knows of one look, finds the first two wordings different today."""
    one, other = found.lines[:2]
    share = (one.gifts + other.gifts) / (one.showings + other.showings)
    spread = sqrt(share * (1 - share) * (1 / one.showings + 1 / other.showings))
    return abs(one.gifts / one.showings - other.gifts / other.showings) > CRITICAL * spread


def drawn(random: Random, n: int, share: float) -> int:
    """How many of n happen."""
    cumulated = _binomial(n, share)
    return random.choices(range(len(cumulated)), cum_weights=cumulated)[0]


@cache
def _binomial(n: int, share: float) -> list[float]:
    """How probably at most so many of n happen, from none upward; the rarest, less than 1e-12 in all, are left out."""
    reach = min(n, int(n * share + 10 * sqrt(n * share) + 10))
    return list(accumulate(exp(_log_of(k, n, share)) for k in range(reach + 1)))


def _log_of(k: int, n: int, share: float) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(share) + (n - k) * log1p(-share)
