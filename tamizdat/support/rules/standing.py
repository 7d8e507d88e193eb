"""How a gift stands, from the facts alone. The order in which the facts arrived does not matter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tamizdat.support.rules.contract import Cadence


class Standing(StrEnum):
    WAITING = "waiting"  # the company has not said that anything was paid
    ABANDONED = "abandoned"
    DECLINED = "declined"
    GIVEN = "given"  # once, and paid
    RUNNING = "running"  # paid, and will be again
    PAST_DUE = "past due"  # the company could not take the last renewal, and tries again
    PAUSED = "paused"  # no payment is taken until a day
    STOPPING = "stopping"  # asked to stop; the company has not confirmed it
    STOPPED = "stopped"
    REFUNDED = "refunded"  # once, and all of it went back


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is on record about one gift. `refusal` is "declined", "abandoned" or empty."""

    cadence: Cadence
    is_paid: bool
    is_refunded: bool
    refusal: str
    is_stop_asked: bool
    has_ended: bool
    is_past_due: bool = False
    is_paused: bool = False


def standing(facts: Facts) -> Standing:
    """One word for where the gift stands. Money outranks words: what was paid is not called declined."""
    if facts.cadence is not Cadence.ONCE:
        if facts.has_ended:
            return Standing.STOPPED
        if facts.is_stop_asked and (facts.is_paid or not facts.refusal):
            return Standing.STOPPING
    if facts.is_paid and facts.cadence is Cadence.ONCE:
        return Standing.REFUNDED if facts.is_refunded else Standing.GIVEN
    if facts.is_paid:
        if facts.is_past_due:
            return Standing.PAST_DUE
        return Standing.PAUSED if facts.is_paused else Standing.RUNNING
    return Standing(facts.refusal) if facts.refusal else Standing.WAITING
