"""Sheets of the years and months of a list."""

from __future__ import annotations

from collections.abc import Iterator
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


def everyone(catalogue: Catalogue, shelf: Shelf) -> Iterator[Sheet]:
    """Every year of a list, and every month where it goes by months; every page of them."""
    for link in archive.years(shelf):
        if shelf.kind in BY_YEAR:
            yield from _pages(
                catalogue, shelf, Stretch(shelf.path, link.year), archive.of_year(shelf, link.year).count()
            )
            continue
        months = archive.months_of(shelf, link.year)
        yield _year(catalogue, shelf, link.year, months)
        for one in months:
            yield from _pages(catalogue, shelf, Stretch(shelf.path, link.year, one.month), one.count)


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


def _pages(catalogue: Catalogue, shelf: Shelf, stretch: Stretch, count: int) -> Iterator[Sheet]:
    for number in range(1, pages(count, CARDS) + 1):
        yield _page(catalogue, shelf, replace(stretch, page=number), count)


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
