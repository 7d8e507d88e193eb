"""A calendar month as a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True, slots=True)
class Month:
    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9999 and 1 <= self.number <= 12):
            raise ValueError(f"{self.year}-{self.number} is not a month; write it as 2026-11")

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read "2026-11". Raises ValueError with a remedy."""
        year, dash, number = text.strip().partition("-")
        if not (dash and year.isascii() and year.isdigit() and number.isascii() and number.isdigit()):
            raise ValueError(f"“{text}” is not a month; write it as 2026-11")
        return cls(int(year), int(number))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    def __add__(self, count: int) -> Month:
        index = self.year * 12 + self.number - 1 + count
        return Month(index // 12, index % 12 + 1)

    def __sub__(self, count: int) -> Month:
        return self + -count

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return (self + 1).first_day - timedelta(days=1)

    def until(self, last: Month) -> Iterator[Month]:
        """This month and each after it up to and including `last`."""
        month = self
        while month <= last:
            yield month
            month += 1
