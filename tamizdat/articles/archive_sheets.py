"""Sheets of the years and months of a list."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from django.conf import settings
from django.db.models import QuerySet

from tamizdat.articles import archive
from tamizdat.articles.catalogue import Catalogue, cards
from tamizdat.articles.models import Shelf, Shelving
from tamizdat.articles.rules.paths import Stretch, year_path
from tamizdat.articles.rules.room import CARDS, pages
from tamizdat.articles.rules.sheets import Kind, Leaf, Link, Listing, MonthLink, Sheet
from tamizdat.articles.shelving import BY_YEAR

PAGES = 20  # in a block


def some(catalogue: Catalogue, shelf: Shelf, year: int, block: int) -> Iterator[Sheet]:
    """A block of the pages of a list's year, of its months where it goes by months."""
    months = archive.months_of(shelf, year)
    for stretch, count in _stretches(shelf, year, months)[block * PAGES : (block + 1) * PAGES]:
        if stretch.path == year_path(shelf.path, year) and shelf.kind not in BY_YEAR:
            yield _year(catalogue, shelf, year, months)
        else:
            yield _page(catalogue, shelf, stretch, count)


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
    count = _of(shelf, stretch).count()
    return _page(catalogue, shelf, stretch, count) if 0 < stretch.page <= pages(count, CARDS) and count else None


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


def _stretches(shelf: Shelf, year: int, months: tuple[MonthLink, ...]) -> list[tuple[Stretch, int]]:
    """All pages of a year, and how many articles stand on each and its neighbours together."""
    whole, count = Stretch(shelf.path, year), sum(one.count for one in months)
    if not months:
        return []
    if shelf.kind in BY_YEAR:
        return [(replace(whole, page=number), count) for number in range(1, pages(count, CARDS) + 1)]
    of_months = [
        (Stretch(shelf.path, year, one.month, number), one.count)
        for one in months
        for number in range(1, pages(one.count, CARDS) + 1)
    ]
    return [(whole, count), *of_months]


def _page(catalogue: Catalogue, shelf: Shelf, stretch: Stretch, count: int) -> Sheet:
    found = _of(shelf, stretch)[(stretch.page - 1) * CARDS : stretch.page * CARDS]
    page = Listing(
        what=shelf.kind,
        title=_title(shelf),
        cards=cards(catalogue, found, standfirst=False),
        year=None if stretch.month else stretch.year,
        month=stretch.month,
        parent=Link(_title(shelf), shelf.path),
        leaf=leaf(stretch, pages(count, CARDS)),
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
