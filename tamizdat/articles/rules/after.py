"""What stands after an article's last line, on its page and in feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. Its mark in the body has the id `mark-NUMBER` and leads to `#note-NUMBER`."""

    number: int
    html: str


@dataclass(frozen=True, slots=True)
class Correction:
    dated: date
    text: str
