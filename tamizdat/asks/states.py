"""What an ask does at present, in an editor's words."""

from __future__ import annotations

from collections.abc import Collection

from tamizdat.asks.models import Ask


def state(ask: Ask, silent: Collection[str]) -> str:
    """One or two words. `silent` are the placements in which nothing is asked today; "" is all of them."""
    if ask.archived_at:
        return "Archived"
    if ask.live:
        says = "Silenced" if "" in silent or ask.placement in silent else "Live"
        return f"{says}, with a newer draft" if ask.has_unpublished_changes else says
    if ask.approved_schedule:
        return "Scheduled"
    return "Stopped" if ask.first_published_at else "Draft"
