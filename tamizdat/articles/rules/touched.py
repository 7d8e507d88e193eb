"""Which files an article's change may alter: where it stood, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tamizdat.articles.rules import paths as at
from tamizdat.articles.rules.parts import part_paths
from tamizdat.articles.rules.room import CARDS, FED, IN_THE_NEWS, LISTED, PLACES, pages
from tamizdat.months import Month

LONG_LISTED = max(LISTED, FED, IN_THE_NEWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A shelf that an article stands on, and where in its lists.

    `newer` counts the articles before it on the whole shelf, up to LONG_LISTED; `newer_in_period` those of its month,
    or of its year where a list goes by years, which holds `in_period` with itself.
    """

    path: str
    newer: int
    newer_in_period: int
    in_period: int
    goes_by_year: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an article stands, in how many parts; `face` is all that other pages show of it.

    `older_in_year` of `in_year` articles of its language stand before it in the sitemap. A plain page has no `front`.
    """

    path: str
    parts: int
    face: tuple[object, ...]
    order: object  # when it was published
    month: Month
    spots: frozenset[Spot] = frozenset()
    front: str = ""
    older_in_year: int = 0
    in_year: int = 0

    @property
    def shelves(self) -> frozenset[str]:
        return frozenset(spot.path for spot in self.spots)


def touched(old: Standing | None, new: Standing | None) -> frozenset[str]:
    """All its parts, the feeds that carry it, its part of the sitemap; lists and months too when its face has changed.

    An address that was a part of it, or becomes one, may be where a redirect leads on.
    Either is None when the article was, or is, not in the paper. More may be named than changes, never less.
    """
    both = [standing for standing in (old, new) if standing]
    is_faced, is_ordered = has_new_face(old, new), _has_new_order(old, new)
    paths = set[str]().union(*(part_paths(standing.path, standing.parts) for standing in both))
    if old and new and old.parts != new.parts:
        paths.add(at.REDIRECTS)
    for one in both:
        paths |= at.feed_paths(spot.path for spot in one.spots if spot.newer < FED)
        paths |= _in_the_sitemap(one, is_ordered=is_ordered) if one.front else set()
        if is_faced:
            paths.update(_in_lists(one, is_ordered=is_ordered))
    return frozenset(paths)


def has_new_face(old: Standing | None, new: Standing | None) -> bool:
    """Whether pages that name the article must change."""
    return old is None or new is None or (old.face, old.path, old.shelves) != (new.face, new.path, new.shelves)


def _has_new_order(old: Standing | None, new: Standing | None) -> bool:
    """Whether it comes, goes or stands elsewhere in its lists, so that all that follow it shift."""
    return old is None or new is None or (old.order, old.shelves) != (new.order, new.shelves)


def _in_lists(one: Standing, *, is_ordered: bool) -> Iterator[str]:
    for spot in one.spots:
        is_alone = is_ordered and spot.in_period == 1  # the list names a month more, or less
        if is_alone or spot.newer < LISTED:
            yield spot.path
        if spot.newer < LISTED:
            yield one.front  # it shows the newest of each section
        if is_ordered and not spot.goes_by_year:
            yield at.year_path(spot.path, one.month.year)
        for page in _stretch(spot.newer_in_period, spot.in_period, CARDS, is_ordered=is_ordered):
            month = None if spot.goes_by_year else one.month
            yield at.Stretch(spot.path, one.month.year, month, page).path
        if spot.path == one.front and spot.newer < IN_THE_NEWS:
            yield at.news_path(one.front)


def _in_the_sitemap(one: Standing, *, is_ordered: bool) -> set[str]:
    parts = _stretch(one.older_in_year, one.in_year, PLACES, is_ordered=is_ordered)
    found = {at.sitemap_path(one.front, f"{one.month.year:04}", part) for part in parts}
    return found | {at.SITEMAP} if is_ordered else found


def _stretch(before: int, count: int, size: int, *, is_ordered: bool) -> range:
    """The page on which it stands; when it comes or goes, those after it too and the one before, which leads on."""
    page = before // size + 1
    return range(max(1, page - 1), pages(count, size) + 1) if is_ordered else range(page, page + 1)
