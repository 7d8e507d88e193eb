"""Counting beside the files: sums in memory, kept every moment. A page is answered before anything is written."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from threading import Event, Lock, Thread
from typing import Final

from tamizdat.asks.rules.counting import Counted, counted, is_bot
from tamizdat.server.messages import Request

log = logging.getLogger("tamizdat.server")

FLUSH_SECONDS: Final = 2.0
# Names between two flushes: many times what a paper asks with, and little memory for whoever makes names up.
MOST_NAMES: Final = 4096
LAST_TRIES: Final = 5


class Counts:
    """Sums since the last flush. `keep` writes all of them, or raises and has written none.

    Nothing of a request outlives `hear` but the sum that it added to.
    """

    def __init__(self, keep: Callable[[Mapping[Counted, int]], object]) -> None:
        self.keep, self.is_failing = keep, False
        self.sums: dict[Counted, int] = {}
        self.lock, self.is_closing = Lock(), Event()
        # A thread of its own: a slow disk or database holds up no reader.
        self.thread = Thread(target=self._flush_on, name="counts", daemon=True)
        self.thread.start()

    def hear(self, request: Request) -> None:
        """Count a POST to /counts/, unless it is no count of ours, a bot's, or of a reader who asked for privacy."""
        if request.query or request.header("sec-gpc") == "1" or is_bot(request.header("user-agent") or ""):
            return
        if said := counted(request.path, day=datetime.now(UTC).date()):
            with self.lock:
                self._add(*said)

    def flush(self) -> bool:
        """Keep what has been counted; whether that went well. What could not be kept is kept with the next."""
        with self.lock:
            taken, self.sums = self.sums, {}
        if not taken:
            return True
        try:
            self.keep(taken)
        except Exception:
            with self.lock:
                newer, self.sums = self.sums, taken
                for what, times in newer.items():
                    self._add(what, times)
            if not self.is_failing:
                log.exception("What pages counted cannot be kept now; it is tried again every %s s", FLUSH_SECONDS)
            self.is_failing = True
            return False
        self.is_failing = False
        return True

    def close(self) -> None:
        """Keep what has been counted so far; when nobody is answered any more, that is all of it."""
        self.is_closing.set()
        self.thread.join()

    def _add(self, what: Counted, times: int) -> None:
        if what in self.sums or len(self.sums) < MOST_NAMES:
            self.sums[what] = self.sums.get(what, 0) + times

    def _flush_on(self) -> None:
        while not self.is_closing.wait(FLUSH_SECONDS):
            self.flush()
        for _ in range(LAST_TRIES):
            if self.flush():
                return
            time.sleep(1)
        log.error("%s sums of what pages counted are lost: they could not be kept", len(self.sums))
