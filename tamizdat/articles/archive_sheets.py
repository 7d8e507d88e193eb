"""Sheets of the years and months of a list."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from tamizdat.articles import archive
from tamizdat.articles.catalogue import Catalogue, cards
from tamizdat.articles.models import Shelf
from tamizdat.articles.rules.paths import Stretch, year_path
from tamizdat.articles.rules.room import CARDS, pages
from tamizdat.articles.rules.sheets import Kind, Link, Listing, Sheet
from tamizdat.months import Month


def everyone(catalogue: Catalogue, shelf: Shelf) -> Iterator[Sheet]:
    """Every year of a list, every month, and every page of the month."""
    for year in archive.years(shelf):
        sheet = year_sheet(catalogue, shelf, year.year)
        if sheet and isinstance(sheet.page, Listing):
            yield sheet
            for link in sheet.page.months:
                for number in range(1, pages(link.count, CARDS) + 1):
                    yield _month(catalogue, shelf, Stretch(shelf.path, month=link.month, page=number), link.count)


def year_sheet(catalogue: Catalogue, shelf: Shelf, year: int) -> Sheet | None:
    """The months of a year; None when nothing was published in it."""
    months = archive.months_of(shelf, year)
    if not months:
        return None
    title = _title(shelf)
    page = Listing(what=shelf.kind, title=title, year=year, months=months, parent=Link(title, shelf.path))
    return _sheet(catalogue, shelf, year_path(shelf.path, year), page)


def month_sheet(catalogue: Catalogue, shelf: Shelf, month: Month, number: int = 1) -> Sheet | None:
    """A page of a month; None when the month does not reach so far."""
    count = archive.of_month(shelf, month).count()
    if count <= (number - 1) * CARDS:
        return None
    return _month(catalogue, shelf, Stretch(shelf.path, month=month, page=number), count)


def beside(stretch: Stretch, count: int) -> dict[str, object]:
    """A page's number, and its neighbours of so many."""
    number = stretch.page
    return {
        "number": number,
        "newer": _page(stretch, number - 1) if number > 1 else "",
        "older": _page(stretch, number + 1) if number < count else "",
    }


def _month(catalogue: Catalogue, shelf: Shelf, stretch: Stretch, count: int) -> Sheet:
    found = archive.of_month(shelf, stretch.month)[(stretch.page - 1) * CARDS : stretch.page * CARDS]
    page = Listing(
        what=shelf.kind,
        title=_title(shelf),
        cards=cards(catalogue, found, standfirst=False),
        month=stretch.month,
        parent=Link(_title(shelf), shelf.path),
        **beside(stretch, pages(count, CARDS)),
    )
    return _sheet(catalogue, shelf, stretch.path, page)


def _sheet(catalogue: Catalogue, shelf: Shelf, path: str, page: Listing) -> Sheet:
    masthead = catalogue.masthead(shelf.language)
    return Sheet(path=path, kind=Kind.LISTING, language=shelf.language, page=page, masthead=masthead)


def _title(shelf: Shelf) -> str:
    return settings.NEWSROOM.paper.name if shelf.kind == Shelf.Kind.FRONT else shelf.title


def _page(stretch: Stretch, number: int) -> str:
    return Stretch(stretch.shelf, stretch.year, stretch.month, number).path
