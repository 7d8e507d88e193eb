"""The whole paper in batches: each bounded, whatever the archive's size, and the same again after a kill."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Min

from tamizdat.articles import archive_sheets, list_sheets, other_sheets, page_sheets, sitemap_sheets
from tamizdat.articles.catalogue import Catalogue
from tamizdat.articles.models import Galley, Shelf, Shelving
from tamizdat.articles.rules.paths import PICTURES
from tamizdat.articles.rules.room import pages
from tamizdat.articles.rules.sheets import Sheet

PAGES, SHELVES = 200, 10
HEXADECIMAL = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Batch:
    """`kind` says what of `key` (a range of shelves, of pages, a digit …) is in it."""

    kind: str
    key: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind} {self.key}"


def batches() -> list[Batch]:
    """All of the paper, what readers want first at the front: lists, then pages from the newest to the oldest."""
    catalogue = Catalogue.read()
    fronts = [shelf.pk for shelf in catalogue.fronts()]
    return [
        *(Batch("front", str(pk)) for pk in fronts),
        *(Batch("shelves", str(block)) for block in sorted({pk // SHELVES for pk in catalogue.by_id})),
        Batch("singles"),
        *_pages(),
        *_years(catalogue),
        *_sitemaps(catalogue),
        *(Batch("pictures", digit) for digit in HEXADECIMAL),
        Batch("stubs"),
    ]


def sheets_of(catalogue: Catalogue, batch: Batch) -> Iterator[Sheet]:
    """The sheets of one batch, streaming."""
    match batch.kind, batch.key.split():
        case "front", [front]:
            return _front(catalogue, catalogue.by_id.get(int(front)))
        case "shelves", [block]:
            return _shelves(catalogue, int(block))
        case "years", [block, year, part]:
            return archive_sheets.some(catalogue, _there(catalogue, int(block)), int(year), int(part))
        case "sitemap", [front, what, part]:
            return _sitemap(catalogue, catalogue.by_id.get(int(front)), what, int(part))
        case "pages", [first, last]:
            return page_sheets.between(catalogue, int(first), int(last))
        case "pictures", [digit]:
            return other_sheets.picture_sheets(path__startswith=PICTURES + digit)
        case "stubs", []:
            return other_sheets.stub_sheets(catalogue)
    return other_sheets.single_sheets(catalogue)


def _pages() -> Iterator[Batch]:
    ends = Galley.objects.aggregate(first=Min("page"), last=Max("page"))
    if ends["last"] is not None:
        for block in range(ends["last"] // PAGES, ends["first"] // PAGES - 1, -1):
            yield Batch("pages", f"{block * PAGES} {(block + 1) * PAGES}")


def _years(catalogue: Catalogue) -> Iterator[Batch]:
    """Years of a block of shelves together, in as many parts as the fullest of them takes."""
    counted: dict[tuple[int, str], list[int]] = defaultdict(list)
    found = Shelving.objects.order_by("shelf", "month").values_list("shelf", "month").annotate(Count("pk"))
    for shelf, month, count in found.iterator():
        counted[shelf, month[:4]].append(count)
    parts: dict[tuple[str, int], int] = {}
    for (shelf, year), counts in counted.items():
        there = year, shelf // SHELVES
        parts[there] = max(parts.get(there, 0), archive_sheets.blocks(catalogue.by_id[shelf].kind, counts))
    for year, block in sorted(parts, reverse=True):
        for part in range(parts[year, block]):
            yield Batch("years", f"{block} {year} {part}")


def _sitemaps(catalogue: Catalogue) -> Iterator[Batch]:
    for front in catalogue.fronts():
        for what, count in sitemap_sheets.parts(catalogue, front).items():
            for part in range(pages(count, sitemap_sheets.PARTS)):
                yield Batch("sitemap", f"{front.pk} {what} {part}")


def _front(catalogue: Catalogue, front: Shelf | None) -> Iterator[Sheet]:
    """What a language has once, beside the front page itself."""
    if front:
        yield other_sheets.not_found_sheet(catalogue, front)
        yield sitemap_sheets.news_sheet(catalogue, front)
        yield from list_sheets.topics_sheets(catalogue, front)


def _shelves(catalogue: Catalogue, block: int) -> Iterator[Sheet]:
    for shelf in _there(catalogue, block):
        yield from list_sheets.shelf_sheets(catalogue, shelf)


def _sitemap(catalogue: Catalogue, front: Shelf | None, what: str, part: int) -> Iterator[Sheet]:
    if front:
        yield from sitemap_sheets.some(catalogue, front, what, part)


def _there(catalogue: Catalogue, block: int) -> list[Shelf]:
    numbers = range(block * SHELVES, (block + 1) * SHELVES)
    return [catalogue.by_id[pk] for pk in numbers if pk in catalogue.by_id]
