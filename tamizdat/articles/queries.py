"""What other rooms ask of the paper: its sheets, the whole of it or those at some paths."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, starmap
from typing import Any

from django.db.models import Q

from tamizdat.articles import feed_sheets, list_sheets, other_sheets, page_sheets, sitemap_sheets, typeset
from tamizdat.articles.batches import Batch, batches, sheets_of
from tamizdat.articles.catalogue import Catalogue, recent
from tamizdat.articles.models import ArticlePage, Galley, PlainPage, Shelf
from tamizdat.articles.models.printable import Printable
from tamizdat.articles.rules import paths as at
from tamizdat.articles.rules.parts import part_path, part_paths
from tamizdat.articles.rules.sheets import Link, Sheet
from tamizdat.articles.shelving import WITH_FEED

NEWEST = 12  # of each language

__all__ = [
    "Batch",
    "batches",
    "catalogue",
    "last_part",
    "newest",
    "paths_read_first",
    "paths_with_the_figure",
    "places",
    "preview_sheet",
    "sheets",
    "sheets_of",
    "site_path",
]


def catalogue() -> Catalogue:
    """Every shelf of the paper, read once for many sheets. Those it makes are as fresh as it is."""
    return Catalogue.read()


def sheets(paths: Collection[str] | None = None, *, catalogue: Catalogue | None = None) -> Iterator[Sheet]:
    """The sheets at these site paths, or all of the paper; each once, streaming, in no promised order.

    A path that yields no sheet holds nothing: its file is to go. The same rows give equal sheets.
    """
    catalogue = catalogue or Catalogue.read()
    if paths is None:
        return chain.from_iterable(sheets_of(catalogue, batch) for batch in batches())
    return _named(catalogue, frozenset(paths))


def _named(catalogue: Catalogue, paths: frozenset[str]) -> Iterator[Sheet]:
    left = set(paths)
    for path in sorted(paths):
        sheet = _single(catalogue, path)
        if sheet:
            left.discard(path)
            yield sheet
    pictures = {path for path in left if path.startswith(at.PICTURES)}
    yield from other_sheets.picture_sheets(path__in=pictures)
    yield from page_sheets.named(catalogue, left - pictures)
    yield from other_sheets.stub_sheets(catalogue, left - pictures)


def site_path(page: int) -> str | None:
    """Where a page stands in the paper, or None when it does not."""
    return typeset.standing_at(page)


def paths_with_the_figure() -> frozenset[str]:
    """Pages that carry the figure: front pages, costs pages and the last parts of the newest articles."""
    carrying = Galley.objects.filter(Q(what=PlainPage.What.COSTS) | Q(page__in=recent()))
    fronts = Shelf.objects.filter(kind=Shelf.Kind.FRONT)
    return frozenset(starmap(part_path, carrying.values_list("path", "parts"))).union(
        fronts.values_list("path", flat=True)
    )


def paths_read_first() -> frozenset[str]:
    """Where most readers are: the front pages, and the newest articles with all their parts."""
    newest = Galley.objects.filter(page__in=recent()).values_list("path", "parts")
    fronts = Shelf.objects.filter(kind=Shelf.Kind.FRONT).values_list("path", flat=True)
    return frozenset(fronts).union(*starmap(part_paths, newest))


def newest() -> list[Link]:
    """The front pages, and the newest articles of each language, by headline."""
    fronts = Shelf.objects.filter(kind=Shelf.Kind.FRONT).order_by("path").values_list("language", "title", "path")
    found = []
    for language, title, path in fronts:
        rows = Galley.objects.filter(kind=Galley.Kind.ARTICLE, language=language).order_by("-published", "-page")
        found += [Link(title, path), *starmap(Link, rows.values_list("headline", "path")[:NEWEST])]
    return found


def last_part(path: str) -> str:
    """Where the end of a text stands; the path itself for everything else."""
    parts = Galley.objects.filter(path=path).values_list("parts", flat=True).first()
    return part_path(path, parts or 1)


def places() -> list[Link]:
    """Every section, topic and author that has a page of its own, by name; in all languages."""
    kinds = (Shelf.Kind.SECTION, Shelf.Kind.TOPIC, Shelf.Kind.AUTHOR)
    return list(
        starmap(Link, Shelf.objects.filter(kind__in=kinds).order_by("title", "path").values_list("title", "path"))
    )


def preview_sheet(page: Printable) -> Sheet:
    """A page that an editor is writing, published or not. Its pictures stand inside it as data: addresses."""
    catalogue = Catalogue.read()
    if isinstance(page, ArticlePage | PlainPage):
        row = typeset.galley(page, is_preview=True).row
        return page_sheets.draft(catalogue, _values(row))
    shelf = typeset.shelf(page, is_preview=True).row
    printed = catalogue.by_source.get((shelf.kind, shelf.source_id))
    shelf.pk = printed.pk if printed else None
    return list_sheets.shelf_sheet(catalogue, shelf)


def _values(row: Galley) -> dict[str, Any]:
    return {
        **{field: getattr(row, field) for field in page_sheets.FIELDS if field != "page"},
        "page": row.page_id,
    }


def _single(catalogue: Catalogue, path: str) -> Sheet | None:
    """Whatever is not an article, a plain page, a picture or a page that leads on."""
    if path in other_sheets.SINGLE:
        return other_sheets.SINGLE[path](catalogue)
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
