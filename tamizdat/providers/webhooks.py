"""What `doctor --providers` says of the webhook by which a company tells us what happens, whichever company it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def lost(events_url: str, there: Iterable[str], *, add: str) -> str:
    """None leads to us; `add` says where to make one."""
    return f"No webhook leads to {events_url} (there are: {', '.join(there) or 'none'}): add it {add}."


def silent(wanted: Iterable[str], told: Collection[str], *, add: str) -> list[str]:
    """It does not tell all that we want to hear, `*` being everything; `add` says how to mend it."""
    missing = [] if "*" in told else [event for event in wanted if event not in told]
    return [f"The webhook does not tell {', '.join(missing)}: {add}."] if missing else []
