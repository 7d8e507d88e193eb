"""On which pages an ask stands: what is known when baking. What only the device knows is decided there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tamizdat.asks.rules.placements import Placement

KINDS = frozenset({"front", "article"})
LONG_READ = 900  # words, below which nothing stands within a text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The page that an ask would stand on. `about` are the paths of its section, topics and authors.

    `kind` is "front", "article", or another kind of page; only an article has `published` and `words`.
    """

    kind: str
    language: str
    about: frozenset[str] = frozenset()
    published: date | None = None
    words: int = 0
    is_quiet: bool = False
    is_last: bool = True


Condition = Callable[[Any, Place, date], bool]


def _on_articles(place: Place) -> bool:
    return place.kind == "article"


def stands_there(placement: Placement, place: Place) -> bool:
    """Whether a page of this kind has such a place at all."""
    match placement:
        case Placement.APPEAL:
            return _on_articles(place)
        case Placement.INLINE:
            return _on_articles(place) and place.words >= LONG_READ
        case Placement.TICKER:
            return place.kind == "front"
    return True


def _age(place: Place, today: date) -> int | None:
    return (today - place.published).days if place.published else None


def _within(value: int | None, span: Mapping[str, int | None]) -> bool:
    """Whether a figure is known and between `least` and `most`; None is no bound."""
    least, most = span.get("least"), span.get("most")
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


# By its name, which an editor chooses and a refusal says: whether a page suits what was written there.
BAKED: Mapping[str, Condition] = {
    "languages": lambda wanted, place, today: place.language in wanted,
    "pages": lambda wanted, place, today: place.kind in wanted or ("other" in wanted and place.kind not in KINDS),
    "about": lambda wanted, place, today: not place.about.isdisjoint(wanted),
    "not_about": lambda wanted, place, today: place.about.isdisjoint(wanted),
    "age": lambda span, place, today: _within(_age(place, today), span),
    "length": lambda span, place, today: _within(place.words or None, span),
}
# By its name in the deck: decided on the device, by the script of that name in reader/asks/.
ON_DEVICE = ("country", "elsewhere", "reads", "visit", "weeks", "supporter", "device", "privacy", "hours")
Audience = Sequence[tuple[str, Any]]


def refusal(placement: Placement, audience: Audience, place: Place, *, today: date) -> str:
    """Why an ask does not stand on a page, as far as that is known when baking; "" when nothing speaks against it."""
    if place.is_quiet:
        return "quiet_page"
    if not stands_there(placement, place):
        return "no_place"
    return next((name for name, said in audience if name in BAKED and not BAKED[name](said, place, today)), "")


def on_device(audience: Audience) -> dict[str, Any]:
    """What the deck says of an ask for the device to decide, by name."""
    return {name: said for name, said in audience if name in ON_DEVICE}
