"""What happened, kept for thirty days and told to the shop."""

from __future__ import annotations

from tamizdat.sandbox.company.store import Store, Thing, shown

VERSION = "2026-10-28.endive"


def tell(store: Store, kind: str, thing: Thing) -> None:
    """The event, with the thing as it is now."""
    event = store.add(
        "event", "evt", type=kind, data={"object": shown(thing)}, api_version=VERSION, livemode=False,
        pending_webhooks=1, request={"id": None, "idempotency_key": None},
    )  # fmt: skip
    store.tell(event["id"])
