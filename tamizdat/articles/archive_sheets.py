"""Sheets of the years and months of a list."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import groupby, islice
from operator import itemgetter

from django.conf import settings
from django.db.models import QuerySet

from tamizdat.articles import archive
from tamizdat.articles.catalogue import Catalogue
from tamizdat.articles.models import Shelf, Shelving
from tamizdat.articles.rules.paths import Stretch, month_path, year_path
from tamizdat.articles.rules.room import CARDS, pages
from tamizdat.articles.rules.sheets import Card, Kind, Leaf, Link, Listing, MonthLink, Sheet
from tamizdat.articles.shelving import BY_YEAR
from tamizdat.months import Month

PAGES = 20  # in a block
Row = tuple[int, str, int]  # shelf, month, article


def some(catalogue: Catalogue, shelves: Collection[Shelf], year: int, block: int) -> Iterator[Sheet]:
    """A block of the pages of each list's year, of its months where it goes by months; one query for all of them."""
    found = archive.of_shelves(shelves, year).values_list("shelf", "month", "galley").iterator()
    for pk, of_shelf in groupby(found, key=itemgetter(0)):
        sheets = _of_year(catalogue, catalogue.by_id[pk], year, list(of_shelf))
        yield from islice(sheets, block * PAGES, (block + 1) * PAGES)


def blocks(kind: str, counts: Collection[int]) -> int:
    """How many blocks of pages a year takes whose months have so many articles."""
    by_month = 1 + sum(pages(count, CARDS) for count in counts)
    return pages(pages(sum(counts), CARDS) if kind in BY_YEAR else by_month, PAGES)


def named(catalogue: Catalogue, shelf: Shelf, stretch: Stretch) -> Sheet | None:
    """The year, the month, or the page of either that a path names; None when it does not reach so far."""
    if shelf.kind in BY_YEAR:
        stretch = stretch.by_year()
    elif stretch.month is None:
        months = archive.months_of(shelf, stretch.year or 0) if stretch.page == 1 else ()
        return _year(catalogue, shelf, stretch.year or 0, months) if months else None
    found = _of(shelf, stretch)
    count = found.count()
    if not count or not 0 < stretch.page <= pages(count, CARDS):
        return None
    some = found[(stretch.page - 1) * CARDS : stretch.page * CARDS]
    there = catalogue.cards(some.values_list("galley", flat=True))
    return _page(catalogue, shelf, stretch, there, of=count)


def leaf(stretch: Stretch, count: int) -> Leaf:
    """Where a page stands among so many."""
    number = stretch.page
    return Leaf(
        number=number,
        before=replace(stretch, page=number - 1).path if number > 1 else "",
        after=replace(stretch, page=number + 1).path if number < count else "",
    )


def _of(shelf: Shelf, stretch: Stretch) -> QuerySet[Shelving]:
    return archive.of_month(shelf, stretch.month) if stretch.month else archive.of_year(shelf, stretch.year or 0)


def _of_year(catalogue: Catalogue, shelf: Shelf, year: int, rows: list[Row]) -> Iterator[Sheet]:
    """All pages of a list's year, from the rows of its articles, newest first."""
    if shelf.kind in BY_YEAR:
        yield from _pages(catalogue, shelf, Stretch(shelf.path, year), rows)
        return
    months = {Month.parse(month): list(some) for month, some in groupby(rows, key=itemgetter(1))}
    links = (MonthLink(month, month_path(shelf.path, month), len(some)) for month, some in months.items())
    yield _year(catalogue, shelf, year, tuple(links))
    for month, some in months.items():
        yield from _pages(catalogue, shelf, Stretch(shelf.path, year, month), some)


def _pages(catalogue: Catalogue, shelf: Shelf, whole: Stretch, rows: list[Row]) -> Iterator[Sheet]:
    for start in range(0, len(rows), CARDS):
        found = catalogue.cards(galley for _, _, galley in rows[start : start + CARDS])
        yield _page(catalogue, shelf, replace(whole, page=start // CARDS + 1), found, of=len(rows))


def _page(catalogue: Catalogue, shelf: Shelf, stretch: Stretch, cards: tuple[Card, ...], *, of: int) -> Sheet:
    page = Listing(
        what=shelf.kind,
        title=_title(shelf),
        cards=cards,
        year=None if stretch.month else stretch.year,
        month=stretch.month,
        parent=Link(_title(shelf), shelf.path),
        leaf=leaf(stretch, pages(of, CARDS)),
    )
    return _sheet(catalogue, shelf, stretch.path, page)


def _year(catalogue: Catalogue, shelf: Shelf, year: int, months: tuple[MonthLink, ...]) -> Sheet:
    title = _title(shelf)
    page = Listing(what=shelf.kind, title=title, year=year, months=months, parent=Link(title, shelf.path))
    return _sheet(catalogue, shelf, year_path(shelf.path, year), page)


def _sheet(catalogue: Catalogue, shelf: Shelf, path: str, page: Listing) -> Sheet:
    masthead = catalogue.masthead(shelf.language)
    return Sheet(path=path, kind=Kind.LISTING, language=shelf.language, page=page, masthead=masthead)


def _title(shelf: Shelf) -> str:
    return settings.NEWSROOM.paper.name if shelf.kind == Shelf.Kind.FRONT else shelf.title
