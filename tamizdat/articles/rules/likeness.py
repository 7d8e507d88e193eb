"""Which of the articles near one are worth reading after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FOR_A_TOPIC = 0.25  # each common topic counts as a quarter of the greatest likeness
FOR_FRESHNESS = 0.1
HALF_LIFE_DAYS = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article near another: `likeness` ≥ 0 of their words, in any unit that all candidates share."""

    id: int
    likeness: float
    common_topics: int
    days_apart: int


def best(candidates: Sequence[Candidate], *, count: int) -> list[int]:
    """Ids of the best, best first; the same candidates give the same order."""
    greatest = max((one.likeness for one in candidates), default=0.0) or 1.0
    ranked = sorted(candidates, key=lambda one: (-round(_weight(one, greatest), 6), -one.id))
    return [one.id for one in ranked[:count]]


def _weight(one: Candidate, greatest: float) -> float:
    freshness = 1 / (1 + one.days_apart / HALF_LIFE_DAYS)
    return one.likeness / greatest + FOR_A_TOPIC * one.common_topics + FOR_FRESHNESS * freshness
