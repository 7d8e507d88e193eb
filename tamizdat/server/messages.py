"""What is asked and what is answered, free of any server: so the rules can be tested as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Header = tuple[str, str]


@dataclass(frozen=True)
class Request:
    """`path` is decoded and begins with a slash; `header` gives a request header by its lower-case name."""

    method: str
    path: str
    query: str
    header: Callable[[str], str | None]


@dataclass(frozen=True)
class Piece:
    """Part of a file on disk, or all of it: what is too large to hold in memory."""

    path: str
    start: int
    end: int


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[Header]
    body: bytes | Piece = b""
