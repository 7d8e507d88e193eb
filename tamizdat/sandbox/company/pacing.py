"""When an event is told, and when again. The dice are given."""

from collections.abc import Callable


def delivery_delays(dice: Callable[[], float] | None) -> list[float]:
    """Seconds to wait before each delivery of one event; without dice (calm), once and at once.

    With dice (numbers from 0 to 1) a third come late, so that later events overtake them; a third come twice.
    """
    if dice is None:
        return [0.0]
    first = 0.5 + 2.5 * dice() if dice() < 1 / 3 else 0.0
    return [first, first + 2 * dice()] if dice() < 1 / 3 else [first]


def wait_seconds(tries: int) -> float:
    """How long to wait after so many failed deliveries: half a second, doubling up to half a minute."""
    return min(0.25 * 2 ** min(tries, 10), 30.0)
