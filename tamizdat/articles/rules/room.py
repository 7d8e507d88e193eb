"""What a page has room for: blocked networks cut a connection after a few thousand bytes.

Numbers are for one response of at most 11,000 bytes, packed, headers and all.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

from tamizdat.articles.rules.sheets import Card

LISTED, FED, IN_THE_NEWS = 30, 20, 60  # newest articles in a list, in a feed, in a language's news sitemap
CARDS, NAMES, PLACES = 40, 120, 100  # on one page of a month, of the authors or topics, in one part of a sitemap
FEED_BYTES = 10_050  # of 10,600: what a format writes around its entries is only about known
LIST_BYTES = 3_500  # of a list, for its cards; the rest are style, script and asks
RAREST = 2  # bytes that one byte may take, packed among others that are unlike it: fifteen bits
A_CARD = 20  # what a card packs to beside its words


def pages(count: int, size: int) -> int:
    """On how many pages so many things stand; there is always one."""
    return max(1, -(-count // size))


def weight(text: str) -> int:
    """About what a text packs to among others like it."""
    return len(text.encode()) // 2


class Box:
    """Holds so many bytes of text, packed as gzip packs it, and packs nothing twice to tell."""

    def __init__(self, room: int, inside: str = "") -> None:
        self._room, self._packed, self._weight, self._unweighed = room, 0, 0, inside.encode()
        self._packer = zlib.compressobj(6)

    def take(self, text: str, *, leaving: int = 0) -> bool:
        """Put a text into the box if it fits and leaves so many bytes free; False leaves the box as it was."""
        room, unweighed = self._room - leaving, self._unweighed + text.encode()
        if self._weight + RAREST * len(unweighed) <= room:  # it fits however badly it packs
            self._unweighed = unweighed
            return True
        trial = self._packer.copy()
        packed = self._packed + len(trial.compress(unweighed))
        weight = packed + len(trial.copy().flush())
        if weight > room:
            return False
        self._packer, self._packed, self._weight, self._unweighed = trial, packed, weight, b""
        return True


def with_room(cards: Sequence[Card], *, taken: str = "") -> tuple[Card, ...]:
    """The cards of a list, from the first on with their standfirsts while these have room beside `taken`."""
    room = LIST_BYTES - weight(taken)
    room -= sum(weight(f"{one.headline}{one.kicker}{one.path}") + A_CARD for one in cards)
    shown: list[Card] = []
    for one in cards:
        room -= weight(one.standfirst)
        shown.append(one if room >= 0 else replace(one, standfirst=""))
    return tuple(shown)
