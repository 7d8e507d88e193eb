"""Writes front pages, sections, topics and authors into the paper, and gathers what that touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import starmap

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from tamizdat.articles import moving, pictures, shelving
from tamizdat.articles.galleys import NOTHING, Paths
from tamizdat.articles.models import Galley, Shelf, Shelving
from tamizdat.articles.rules import paths as at
from tamizdat.articles.rules.parts import part_paths
from tamizdat.articles.rules.room import CARDS, NAMES, PLACES, pages
from tamizdat.articles.typeset import Proof

# The head or foot of every page names these, so a change of name or place touches the whole paper.
ON_EVERY_PAGE = (Shelf.Kind.FRONT, Shelf.Kind.SECTION, Shelf.Kind.AUTHORS)
LISTS_OF_NAMES = (Shelf.Kind.FRONT, Shelf.Kind.AUTHORS)


def put(proof: Proof[Shelf]) -> Paths:
    """The shelf stands in the paper as it has been set."""
    row = proof.row
    Shelf.objects.filter(path=row.path).exclude(kind=row.kind, source_id=row.source_id).delete()
    old = Shelf.objects.filter(kind=row.kind, source_id=row.source_id).first()
    before = _own_paths(old) if old else NOTHING
    row.pk = old.pk if old else None
    row.save()
    if old is None:
        shelving.fill(row)
    elif old.path != row.path:
        _move(old, row)
    plates = _put_plates(row, proof.files)
    if old and (old.title, old.path, old.order) == (row.title, row.path, row.order):
        return plates | {row.path}
    return _touched(row, before | _own_paths(row) | plates)


def drop(kind: str, source: int) -> Paths:
    """The shelf stands in the paper no longer; its articles stay."""
    old = Shelf.objects.filter(kind=kind, source_id=source).first()
    if old is None:
        return NOTHING
    paths = _touched(old, _own_paths(old) | _put_plates(old, {}))
    old.delete()
    return paths


def _touched(row: Shelf, own: frozenset[str]) -> Paths:
    """Its lists, the articles that name it, its translations, what leads on to it, the lists of its kind; for authors
    the feeds too."""
    if row.kind in ON_EVERY_PAGE:
        return None
    siblings = Shelf.objects.filter(kind=row.kind, translation_key=row.translation_key)
    return own.union(
        {at.SITEMAP, at.REDIRECTS},
        NOTHING if row.kind == Shelf.Kind.TOPIC else moving.leading_to(row.source_id),
        *starmap(part_paths, row.shelvings.values_list("galley__path", "galley__parts")),
        siblings.values_list("path", flat=True),
        _lists_of_names(row),
        at.feed_paths(_beside(row) if row.kind == Shelf.Kind.AUTHOR else ()),
    )


def _lists_of_names(row: Shelf) -> Iterator[str]:
    """The authors or the topics by name, and the parts of the sitemap that name them; one more may begin or end."""
    of_language = Shelf.objects.filter(language=row.language)
    count = of_language.filter(kind=row.kind).count() + 1
    for path, kind in of_language.filter(kind__in=LISTS_OF_NAMES).values_list("path", "kind"):
        if kind == Shelf.Kind.FRONT:
            places = pages(of_language.count() + Galley.objects.filter(kind=Galley.Kind.PLAIN).count() + 2, PLACES)
            yield from (at.sitemap_path(path, at.PLACES, part) for part in range(1, places + 1))
        if (kind, row.kind) == (Shelf.Kind.FRONT, Shelf.Kind.TOPIC):
            yield from at.pages_of(at.topics_path(path), pages(count, NAMES))
        if (kind, row.kind) == (Shelf.Kind.AUTHORS, Shelf.Kind.AUTHOR):
            yield from at.pages_of(path, pages(count, NAMES))


def _beside(row: Shelf) -> Iterable[str]:
    """Shelves that its articles stand on too."""
    shared = Shelving.objects.filter(galley__shelvings__shelf=row.pk)
    return shared.values_list("shelf__path", flat=True).distinct()


def _own_paths(row: Shelf) -> frozenset[str]:
    """The list with its years and feeds. Lists that go by months as well touch the whole paper."""
    feeds = at.feed_paths([row.path] if row.kind in shelving.WITH_FEED else ())
    years = Counter(month[:4] for month in row.shelvings.values_list("month", flat=True))
    lists = (at.pages_of(at.year_path(row.path, int(year)), pages(count, CARDS)) for year, count in years.items())
    return frozenset({row.path, *feeds}).union(*lists)


def _put_plates(row: Shelf, files: dict[str, str]) -> frozenset[str]:
    return NOTHING if row.kind == Shelf.Kind.TOPIC else pictures.put(row.source_id, files)


def _move(old: Shelf, new: Shelf) -> None:
    """A section takes its articles along, and old addresses lead on."""
    if new.kind == Shelf.Kind.TOPIC:
        moving.lead_on_to_topic(old.path, new.path)
        return
    moved = [(old.path, new.source_id)]
    if new.kind == Shelf.Kind.SECTION:
        under = Galley.objects.filter(section=new.source_id, path__startswith=old.path)
        for path, parts, page in under.values_list("path", "parts", "page"):
            moved += [(one, page) for one in part_paths(path, parts)]
        under.update(path=Concat(Value(new.path), Substr("path", len(old.path) + 1)))
    moving.lead_on(moved)
