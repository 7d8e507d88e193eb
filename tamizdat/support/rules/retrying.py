"""When unfinished business with a payment company is taken up again."""

from __future__ import annotations

from datetime import timedelta

LEASE = timedelta(minutes=2)  # longer than any call to a company may take
LONGEST = timedelta(hours=6)
TRIES = 20  # a little over three days: as long as companies themselves go on trying
TRIES_WHEN_REFUSED = 8  # two hours: long enough for what came out of order, soon enough for a person


def pause(tries: int, *, is_refused: bool) -> timedelta | None:
    """How long to wait after so many tries: a minute, then twice as long each time; None: give up."""
    if tries >= (TRIES_WHEN_REFUSED if is_refused else TRIES):
        return None
    return min(timedelta(minutes=2 ** min(tries - 1, 10)), LONGEST)
