"""Bounds for rare events that hold on every day at once, so that whoever looks daily may stop on any day.

A likelihood ratio against a value, averaged over a prior that was fixed beforehand, is a martingale that begins at 1
where that value is the truth: with probability 1 - alpha it never reaches 1 / alpha. The values against which it has
not are the bounds. Robbins, "Statistical methods related to the law of the iterated logarithm" (1970); Howard, Ramdas,
McAuliffe, Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences" (2021).

A day's bounds are of that day, not cut with earlier ones: they are never empty, and may widen where the truth moves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, exp, expm1, fsum, inf, lgamma, log, log1p
from statistics import NormalDist
from typing import NamedTuple

# How far apart two wordings may be, by half or double: equally likely points of log(ratio).
SPREAD, POINTS = 0.4, 41
PRIOR = tuple(NormalDist(0, SPREAD).inv_cdf((point + 0.5) / POINTS) for point in range(POINTS))
GROWTH = tuple(expm1(point) for point in PRIOR)
FARTHEST = 20.0  # log(ratio), beyond which a ratio is 0 or without bound
GAMMA = 3.0  # the prior of events beside those to be expected, shape and rate
ENOUGH = 1_000  # showings, below which a day waits for the next: one in ten is seen, and a few say too little
HALVINGS = 60


class Count(NamedTuple):
    showings: int = 0
    gifts: int = 0

    def plus(self, other: Count) -> Count:
        return Count(self.showings + other.showings, self.gifts + other.gifts)


class Block(NamedTuple):
    """A day of two, or a few that are compared as one: this one's share of showings, its gifts, and all gifts."""

    share: float
    gifts: int
    total: int


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as often this one's showings lead to a gift as the other's, as far as is known.

    Of a day's gifts to two, this one's part is binomial, whatever the day was like: Lindon and Malek, "Anytime-valid
    inference for multinomial count data" (2022). So days may differ, and shares may change between them. Bounds hold
    with probability 1 - alpha on all days at once, where the ratio itself stays the same. Showings count as exact: of
    one in ten seen, the error adds 9 x the rate to the variance, 3 % at 0.3 % of gifts.
    """

    blocks: tuple[Block, ...] = ()
    waiting: tuple[Count, Count] = (Count(), Count())
    logs: tuple[float, ...] = (0.0,) * POINTS  # of the likelihood at each point of the prior, beside that of 1

    def after(self, one: Count, other: Count) -> Ratio:
        """With one more day that is over. A comparison begins on the first day on which both were shown."""
        one, other = self.waiting[0].plus(one), self.waiting[1].plus(other)
        least, total = min(one.showings, other.showings), one.gifts + other.gifts
        if least < ENOUGH:
            return replace(self, waiting=(one, other) if least else (Count(), Count()))
        block = Block(one.showings / (one.showings + other.showings), one.gifts, total)
        logs = (
            was + block.gifts * point - total * log1p(block.share * growth)
            for was, point, growth in zip(self.logs, PRIOR, GROWTH, strict=True)
        )
        return Ratio((*self.blocks, block), (Count(), Count()), tuple(logs))

    def is_below_one(self, alpha: float) -> bool:
        """Whether both bounds are; quicker than the bounds, since it is asked daily."""
        return self._least_log(alpha) >= 0 and self._slope(0) < 0

    def bounds(self, alpha: float) -> tuple[float, float]:
        """The lowest and the highest ratio that stand; 0 and infinity where nothing bounds it."""
        least = self._least_log(alpha)
        top = _edge(lambda point: self._slope(point) > 0, -FARTHEST, FARTHEST)
        low, high = (_edge(lambda point: self._log(point) > least, top, end) for end in (-FARTHEST, FARTHEST))
        return (exp(low) if low > -FARTHEST else 0.0), (exp(high) if high < FARTHEST else inf)

    def _least_log(self, alpha: float) -> float:
        """Where a ratio's likelihood is no larger, the average is 1 / alpha of it."""
        most = max(self.logs)
        return most + log(alpha * fsum(exp(one - most) for one in self.logs) / POINTS)

    def _log(self, point: float) -> float:
        return fsum(one.gifts * point - one.total * log1p(one.share * expm1(point)) for one in self.blocks)

    def _slope(self, point: float) -> float:
        ratio, less = exp(point), expm1(point)
        return fsum(one.gifts - one.total * one.share * ratio / (1 + one.share * less) for one in self.blocks)


def expected(events: int, *, alpha: float) -> tuple[float, float]:
    """Bounds of how many events were to be expected by now where so many have come, however their rate moved.

    With probability 1 - alpha they hold on all days at once, for a Poisson process: Lindon and Kallus, "Anytime-valid
    continuous-time confidence processes for inhomogeneous Poisson processes" (2024), with a gamma prior.
    """
    shape = GAMMA + events
    least = log(alpha) + lgamma(shape) - lgamma(GAMMA) + GAMMA * log(GAMMA)

    def stands(mean: float) -> bool:
        return shape * log(GAMMA + mean) - mean > least

    return _edge(stands, events, 0.0), _edge(stands, events, 3 * events + 10 * (GAMMA - log(alpha)))


def fixed_sample(rate_a: float, rate_b: float, *, alpha: float = 0.05, power: float = 0.8) -> int:
    """Showings an arm of the classical test of two shares, looked at once, at the end; both rates between 0 and 1.

    Two-sided, by the normal approximation: Fleiss, "Statistical Methods for Rates and Proportions" (1981), unpooled.
    """
    normal = NormalDist()
    reach = normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(power)
    return ceil(reach**2 * (rate_a * (1 - rate_a) + rate_b * (1 - rate_b)) / (rate_a - rate_b) ** 2)


def _edge(stands: Callable[[float], bool], inside: float, outside: float) -> float:
    """Where a condition that holds inside ends on the way outside; the outer side of it, or `outside` itself."""
    if stands(outside):
        return outside
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if stands(middle) else (inside, middle)
    return outside
