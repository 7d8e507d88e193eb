"""What more a provider promises of which nobody tells but a person who brings a statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from tamizdat.money import Money


@dataclass(frozen=True, slots=True)
class Movement:
    """A row of a bank's statement: positive when it came. `id` is the same in every file that has the row.

    `ref` is the gift that it names, "" when it names none; `refund` the refund, where it is one's. `payer` and `text`
    are as the payer wrote them, and kept only until somebody has said whose it is.
    """

    id: str
    amount: Money
    at: datetime
    ref: str = ""
    refund: str = ""
    payer: str = ""
    text: str = ""


class BadStatement(ValueError):
    """This file is not the account's statement; the message says what to bring instead."""


class StatementReader(Protocol):
    """A provider that is `by_statement`."""

    def read_statement(self, raw: bytes) -> list[Movement]:
        """All that came and left, booked. Raises BadStatement."""

    def find_ref(self, text: str) -> str:
        """The gift, or the refund of one, that is named in what somebody typed, however it is spaced; "" for none."""

    def new_ref(self, contribution: UUID) -> str:
        """What a gift will be called that nobody has begun here."""


class Movements(Protocol):
    """What was brought of one provider's statements and is known to be of gifts: in the order in which it was."""

    def of(self, ref: str) -> list[Movement]:
        """Of one gift, first brought first."""

    def after(self, cursor: str) -> tuple[list[Movement], str]:
        """The next ones brought, of any gift, and the cursor to go on from; an empty list is the end."""
