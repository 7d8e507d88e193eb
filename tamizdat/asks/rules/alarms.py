"""When an ask has stopped being shown: its showings fall to a tenth of what they were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

DAYS = 7
TENTH = 10
ENOUGH = 500  # showings a day, of which devices say fifty: below, chance alone could ring
# Counts of a day may come from a proxy's log that is read at night.
PATIENCE = timedelta(hours=6)

Showings = Mapping[date, int]


def day_to_judge(now: datetime) -> date:
    """The last UTC day whose counts must have come by now, which is in UTC too."""
    return (now - PATIENCE).date() - timedelta(days=1)


def usual(showings: Showings, day: date) -> int:
    """How often the ask was shown a day in the week before; days without showings count."""
    return sum(showings.get(day - timedelta(days=back), 0) for back in range(1, DAYS + 1)) // DAYS


def has_fallen(showings: Showings, day: date) -> bool:
    """Whether the ask was shown a tenth as often on that day as in the week before, or less. A new one never has."""
    before = usual(showings, day)
    return before >= ENOUGH and showings.get(day, 0) * TENTH <= before


def has_recovered(showings: Showings, *, since: date, usual: int) -> bool:
    """Whether on any day after `since` there were more than a tenth of what was usual then."""
    return any(day > since and n * TENTH > usual for day, n in showings.items())
