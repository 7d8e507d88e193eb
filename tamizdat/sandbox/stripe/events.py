"""What happened, kept for thirty days and told to the shop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tamizdat.sandbox.company import pacing
from tamizdat.sandbox.company.store import Store, Thing

VERSION = "2026-10-28.endive"
mischief: Callable[[], float] | None = None  # the dice that make events late or double; None: each once


def tell(store: Store, kind: str, thing: Thing) -> None:
    """The event, with the thing as it is now."""
    event = store.add(
        "event", "evt", type=kind, data={"object": shown(thing)}, api_version=VERSION, livemode=False,
        pending_webhooks=1, request={"id": None, "idempotency_key": None},
    )  # fmt: skip
    store.tell(event["id"], pacing.delivery_delays(mischief))


def shown(value: Any) -> Any:
    """The thing as anybody may see it: what begins with _ is the company's own."""
    if isinstance(value, list):
        return [shown(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: shown(item) for name, item in value.items() if not name.startswith("_")}
