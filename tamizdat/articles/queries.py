"""What other rooms ask of the paper: its sheets, the whole of it or those at some paths."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Q

from tamizdat.articles import feed_sheets, list_sheets, other_sheets, page_sheets, sitemap_sheets, typeset
from tamizdat.articles.catalogue import Catalogue, recent
from tamizdat.articles.models import ArticlePage, Galley, PlainPage, Shelf
from tamizdat.articles.models.printable import Printable
from tamizdat.articles.rules import paths as at
from tamizdat.articles.rules.sheets import Sheet
from tamizdat.articles.shelving import WITH_FEED


def sheets(paths: Collection[str] | None = None) -> Iterator[Sheet]:
    """The sheets at these site paths, or all of the paper; each once, streaming, in no promised order.

    A path that yields no sheet holds nothing: its file is to go. The same rows give equal sheets.
    """
    catalogue = Catalogue.read()
    return _everything(catalogue) if paths is None else _named(catalogue, frozenset(paths))


def site_path(page: int) -> str | None:
    """Where a page stands in the paper, or None when it does not."""
    return typeset.standing_at(page)


def paths_with_the_figure() -> frozenset[str]:
    """Pages that carry the figure: front pages, costs pages and the newest articles."""
    carrying = Galley.objects.filter(Q(what=PlainPage.What.COSTS) | Q(page__in=recent()))
    fronts = Shelf.objects.filter(kind=Shelf.Kind.FRONT)
    return frozenset(carrying.values_list("path", flat=True)).union(fronts.values_list("path", flat=True))


def preview_sheet(page: Printable) -> Sheet:
    """A page that an editor is writing, published or not. Its pictures stand inside it as data: addresses."""
    catalogue = Catalogue.read()
    if isinstance(page, ArticlePage | PlainPage):
        row = typeset.galley(page, is_preview=True).row
        (sheet,) = page_sheets.sheets(catalogue, [_values(row)])
        return replace(sheet, is_recent=True)
    shelf = typeset.shelf(page, is_preview=True).row
    printed = catalogue.by_source.get((shelf.kind, shelf.source_id))
    shelf.pk = printed.pk if printed else None
    return list_sheets.shelf_sheet(catalogue, shelf)


def _values(row: Galley) -> dict[str, Any]:
    return {
        **{field: getattr(row, field) for field in page_sheets.FIELDS if field != "page"},
        "page": row.page_id,
    }


def _everything(catalogue: Catalogue) -> Iterator[Sheet]:
    for shelf in catalogue.shelves.values():
        yield from list_sheets.with_months(catalogue, shelf)
    yield from page_sheets.everyone(catalogue)
    yield from other_sheets.stub_sheets(catalogue)
    yield from other_sheets.picture_sheets(catalogue)
    for front in catalogue.fronts():
        yield other_sheets.not_found_sheet(catalogue, front)
        yield from list_sheets.topics_sheets(catalogue, front)
        yield from sitemap_sheets.everyone(catalogue, front)
    for make in _SINGLE.values():
        yield make(catalogue)


def _named(catalogue: Catalogue, paths: frozenset[str]) -> Iterator[Sheet]:
    left = set(paths)
    for path in sorted(paths):
        sheet = _single(catalogue, path)
        if sheet:
            left.discard(path)
            yield sheet
    pictures = {path for path in left if path.startswith("/pictures/")}
    yield from other_sheets.picture_sheets(catalogue, pictures)
    yield from page_sheets.named(catalogue, left - pictures)
    yield from other_sheets.stub_sheets(catalogue, left - pictures)


def _single(catalogue: Catalogue, path: str) -> Sheet | None:
    """Whatever is not an article, a plain page, a picture or a page that leads on."""
    if path in _SINGLE:
        return _SINGLE[path](catalogue)
    folder, _, name = path.rpartition("/")
    shelf = catalogue.shelves.get(f"{folder}/")
    if shelf and name in at.FEEDS and shelf.kind in WITH_FEED:
        return feed_sheets.sheet(catalogue, shelf, name)
    if shelf and name == "404.html" and shelf.kind == Shelf.Kind.FRONT:
        return other_sheets.not_found_sheet(catalogue, shelf)
    if name:
        return sitemap_sheets.named(catalogue, path)
    stretch = at.parse_stretch(path)
    return list_sheets.stretch_sheet(catalogue, stretch) if stretch else None


_SINGLE = {
    at.SITEMAP: sitemap_sheets.index_sheet,
    at.ROBOTS: other_sheets.robots_sheet,
    at.REDIRECTS: other_sheets.redirects_sheet,
}
