"""The sandbox's own door: what payers, banks, the network and time do there, for tests, scripts and training."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from tamizdat.sandbox.company.door import Request
from tamizdat.sandbox.company.refusal import Refused
from tamizdat.sandbox.company.store import Store, Thing


def act(store: Store, request: Request, acts: Mapping[str, Callable[..., Thing]], catch_up: Callable[[], None]) -> Any:
    """Find things, move the clock, or do one of `acts` to the thing whose id is given. Raises Refused."""
    given, verb = json.loads(request.body or b"{}"), request.path.removeprefix("/sandbox/")
    if verb == "find":
        return store.find(**request.asked())
    if verb == "clock":
        store.set_clock(max(given["to"], store.now()))
        catch_up()
        return {"now": store.now()}
    thing, do = store.get(given.pop("id", "")), {"set": Store.change, **acts}.get(verb)
    if thing is None or do is None:
        raise Refused(404, "There is nothing by that id, or nothing to be done by that name.")
    return do(store, thing, **given)
