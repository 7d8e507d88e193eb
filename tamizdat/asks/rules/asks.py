"""Asks as the rules know them, and what a page holds of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tamizdat.asks.rules.audiences import Audience
from tamizdat.asks.rules.placements import Placement
from tamizdat.asks.rules.wordings import Text, Variant
from tamizdat.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """An ask that stands in the paper today."""

    key: str
    placement: Placement
    priority: int = 50
    audience: Audience = ()
    variants: tuple[Variant, ...] = ()
    hold_out: int = 0  # per cent
    most_showings: int | None = None
    close_days: int | None = None
    paragraph: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """What holds for every ask: the newsroom's settings, and where showings are counted."""

    most_showings: int
    in_days: int
    most_a_day: int
    close_days: int
    gave_days: int
    sample: int
    home: str
    counts_at: str
    silent_in: tuple[str, ...] = ()
    dark: tuple[tuple[date, date], ...] = ()
    stopped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One wording as a page holds it. `stands`: without script. The shipped one has no text: templates have it."""

    source: str
    placement: Placement
    text: Text | None = None
    stands: bool = False
    amounts: tuple[Money, ...] = ()
    cadence: str = ""
    has_ticker: bool = True
    can_remind: bool = True
    close_days: int = 14
    paragraph: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """`said` is JSON for the device, `scripts` are the parts that read it, `wordings` what the page holds."""

    said: str
    scripts: tuple[str, ...]
    wordings: tuple[Wording, ...]
    # By placement/ask: why it is not in the deck.
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        """The scripts of `reader/` that read it."""
        return tuple(f"asks/{name}.js" for name in self.scripts)

    @property
    def within(self) -> int:
        """The paragraph after which an ask stands in the text; 0 without one."""
        return next((one.paragraph for one in self.wordings if one.placement == Placement.INLINE), 0)

    @property
    def in_masthead(self) -> tuple[Wording, ...]:
        return tuple(one for one in self.wordings if one.placement == Placement.HEADER)
