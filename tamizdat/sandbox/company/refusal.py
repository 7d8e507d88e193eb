"""How a company says no."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """`status` and, for programs, `said`: the body as this company words it."""

    def __init__(self, status: int, message: str, **said: Any) -> None:
        super().__init__(message)
        self.status, self.message, self.said = status, message, said
