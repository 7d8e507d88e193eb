"""A long article continues on further pages: which of them a page is, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tamizdat.articles.rules.paths import marked

_PART = re.compile(r"(?P<whole>/.+/)(?P<number>[1-9]\d*)/")
_ID = re.compile(r' id="([^"]+)"')
_IN_PAGE = re.compile(r'="#([^"]+)"')


@dataclass(frozen=True, slots=True)
class Part:
    """Page `number` of `count` of one text; `first`, `previous` and `next` are site paths, "" where there is none."""

    number: int = 1
    count: int = 1
    first: str = ""
    previous: str = ""
    next: str = ""

    @classmethod
    def of(cls, path: str, number: int, count: int) -> Part:
        """One part of the text that begins at a path."""
        return cls(
            number=number,
            count=count,
            first=path,
            previous=part_path(path, number - 1) if number > 1 else "",
            next=part_path(path, number + 1) if number < count else "",
        )

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_last(self) -> bool:
        return self.number == self.count


WHOLE = Part()


def part_path(path: str, number: int) -> str:
    """Where a part of the text at a path stands; the first one stands at the path itself."""
    return path if number == 1 else f"{path}{number}/"


def part_paths(path: str, count: int) -> frozenset[str]:
    """Where all parts of a text stand."""
    return frozenset(part_path(path, number) for number in range(1, count + 1))


def parse_part_path(path: str) -> tuple[str, int] | None:
    """The text and the number of a later part that may stand at a path; None when none can."""
    found = _PART.fullmatch(path)
    return (found["whole"], int(found["number"])) if found and found["number"] != "1" else None


def joined_up(bodies: Sequence[str], path: str) -> list[str]:
    """The parts with their links to places in other parts, like notes, leading to the page where those stand."""
    where = {name: number for number, body in enumerate(bodies, 1) for name in _ID.findall(body)}

    def lead(link: re.Match[str], here: int) -> str:
        there = where.get(link[1], here)
        return link[0] if there == here else f'="{marked(part_path(path, there))}#{link[1]}"'

    return [
        _IN_PAGE.sub(lambda link, here=number: lead(link, here), body) if where else body  # type: ignore[misc]
        for number, body in enumerate(bodies, 1)
    ]
