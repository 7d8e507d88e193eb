"""What can go wrong between a shop and a company, on order: for tests of the shop."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import Any

# Before the effect nothing has happened; after it everything has, and the shop does not hear.
KINDS = (
    "500", "503", "429", "409", "402", "time-out before", "time-out after", "reset", "truncated", "html",
    "reset before",
)  # fmt: skip
AFTER = {"time-out after", "reset", "truncated", "html"}


@dataclass
class Fault:
    """`kind` befalls the next `times` requests whose “METHOD /path” matches."""

    matches: str
    kind: str
    times: int = 1


class Faults:
    def __init__(self) -> None:
        self._lock, self._ordered = threading.Lock(), list[Fault]()

    def order(self, wanted: list[dict[str, Any]]) -> None:
        """Replace what is ordered."""
        faults = [Fault(**one) for one in wanted]
        for fault in faults:
            if fault.kind not in KINDS:
                raise ValueError(f"there is no fault “{fault.kind}”; there are {', '.join(KINDS)}")
        with self._lock:
            self._ordered = faults

    def befalls(self, method: str, path: str) -> str:
        """The fault of this request, used up by it; empty when there is none."""
        with self._lock:
            for fault in self._ordered:
                if fault.times and re.match(fault.matches, f"{method} {path}"):
                    fault.times -= 1
                    return fault.kind
        return ""
