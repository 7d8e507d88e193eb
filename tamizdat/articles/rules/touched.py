"""Which files an article's change may alter: where it stood, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from tamizdat.articles.rules.parts import part_paths
from tamizdat.articles.rules.paths import REDIRECTS, SITEMAP, feed_path, month_path
from tamizdat.months import Month


@dataclass(frozen=True, slots=True)
class Spot:
    """A shelf that an article stands on."""

    path: str
    has_feed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an article stands, in how many parts; `face` is all that other pages show of it."""

    path: str
    parts: int
    face: tuple[object, ...]
    spots: frozenset[Spot]
    month: Month


def touched(old: Standing | None, new: Standing | None) -> frozenset[str]:
    """All its parts, feeds (they carry its body) and sitemap; lists and months too when its face has changed.

    An address that was a part, or becomes one, may be where a redirect leads on.

    Either is None when the article was, or is, not in the paper.
    """
    both = [standing for standing in (old, new) if standing]
    paths = {SITEMAP}.union(*(part_paths(standing.path, standing.parts) for standing in both))
    if old and new and old.parts != new.parts:
        paths.add(REDIRECTS)
    paths |= {feed_path(spot.path) for standing in both for spot in standing.spots if spot.has_feed}
    if has_new_face(old, new):
        for standing in both:
            for spot in standing.spots:
                paths |= {spot.path, month_path(spot.path, standing.month)}
    return frozenset(paths)


def has_new_face(old: Standing | None, new: Standing | None) -> bool:
    """Whether pages that name the article must change."""
    return old is None or new is None or (old.face, old.path, old.spots) != (new.face, new.path, new.spots)
