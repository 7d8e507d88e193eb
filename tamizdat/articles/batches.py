"""The whole paper in batches: each bounded, whatever the archive's size, and the same again after a kill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Max, Min
from django.db.models.functions import Substr

from tamizdat.articles import list_sheets, other_sheets, page_sheets
from tamizdat.articles.catalogue import Catalogue
from tamizdat.articles.models import Galley, Shelf, Shelving
from tamizdat.articles.rules.paths import PICTURES
from tamizdat.articles.rules.sheets import Sheet
from tamizdat.articles.shelving import WITH_FEED

PAGES = 200
HEXADECIMAL = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Batch:
    """`kind` says what of `key` (a shelf, a shelf and year, a range of pages, a digit …) is in it."""

    kind: str
    key: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind} {self.key}"


def batches() -> list[Batch]:
    """All of the paper, what readers want first at the front: lists, then pages from the newest to the oldest."""
    return [
        *(Batch("shelf", str(pk)) for pk in Shelf.objects.order_by("-kind", "pk").values_list("pk", flat=True)),
        Batch("singles"),
        *_pages(),
        *_years(),
        *(Batch("pictures", digit) for digit in HEXADECIMAL),
        Batch("stubs"),
    ]


def sheets_of(catalogue: Catalogue, batch: Batch) -> Iterator[Sheet]:
    """The sheets of one batch, streaming."""
    match batch.kind, batch.key.split():
        case "shelf", [shelf]:
            return _shelf(catalogue, int(shelf))
        case "year", [shelf, year]:
            return list_sheets.year(catalogue, catalogue.by_id[int(shelf)], year)
        case "pages", [first, last]:
            return page_sheets.between(catalogue, int(first), int(last))
        case "pictures", [digit]:
            return other_sheets.picture_sheets(path__startswith=PICTURES + digit)
        case "stubs", []:
            return other_sheets.stub_sheets(catalogue)
    return other_sheets.single_sheets(catalogue)


def _shelf(catalogue: Catalogue, pk: int) -> Iterator[Sheet]:
    shelf = catalogue.by_id.get(pk)
    if shelf:
        yield list_sheets.shelf_sheet(catalogue, shelf)
        if shelf.kind in WITH_FEED:
            yield other_sheets.feed_sheet(catalogue, shelf)
        if shelf.kind == Shelf.Kind.FRONT:
            yield other_sheets.not_found_sheet(catalogue, shelf)


def _pages() -> Iterator[Batch]:
    ends = Galley.objects.aggregate(first=Min("page"), last=Max("page"))
    if ends["last"] is not None:
        for block in range(ends["last"] // PAGES, ends["first"] // PAGES - 1, -1):
            yield Batch("pages", f"{block * PAGES} {(block + 1) * PAGES}")


def _years() -> Iterator[Batch]:
    found = Shelving.objects.annotate(year=Substr("month", 1, 4)).values_list("year", "shelf").distinct()
    for year, shelf in sorted(found, reverse=True):
        yield Batch("year", f"{shelf} {year}")
