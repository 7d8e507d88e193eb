"""Telling the shop, signed, until it has answered 2xx."""

from __future__ import annotations

import http.client
import logging
import threading
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from tamizdat.sandbox.company import pacing
from tamizdat.sandbox.company.store import Store

LOOK_EVERY_SECONDS = 0.05
PATIENCE_SECONDS = 10
log = logging.getLogger("tamizdat.sandbox")

Sign = Callable[[str], tuple[Mapping[str, str], bytes]]


def run(store: Store, events_to: str, sign: Sign, stop: threading.Event) -> None:
    """Until `stop`, tell what is due; `sign` makes headers and body of an event's id."""
    while not stop.is_set():
        try:
            _tell_due(store, events_to, sign, stop)
        except Exception:
            log.exception("the company will try to tell it again")
        stop.wait(LOOK_EVERY_SECONDS)


def _tell_due(store: Store, events_to: str, sign: Sign, stop: threading.Event) -> None:
    for delivery, event, tries in store.untold():
        if stop.is_set():
            return
        if post(events_to, *sign(event)):
            store.heard(delivery)
        else:
            store.tell_later(delivery, pacing.wait_seconds(tries + 1))
            return  # a shop that is down is not hammered


def post(where: str, headers: Mapping[str, str], raw: bytes) -> bool:
    """Whether the shop accepted it."""
    to = urlsplit(where)
    connect = http.client.HTTPSConnection if to.scheme == "https" else http.client.HTTPConnection
    line = connect(to.netloc, timeout=PATIENCE_SECONDS)
    try:
        line.request("POST", to.path or "/", raw, {"Content-Type": "application/json", **headers})
        return 200 <= line.getresponse().status < 300
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
