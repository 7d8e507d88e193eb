"""Writes front pages, sections, topics and authors into the paper, and gathers what that touches."""

from __future__ import annotations

from itertools import starmap

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from tamizdat.articles import moving, pictures, shelving
from tamizdat.articles.galleys import NOTHING, Paths
from tamizdat.articles.models import Galley, Shelf
from tamizdat.articles.rules import paths as at
from tamizdat.articles.rules.parts import part_paths
from tamizdat.articles.typeset import Proof
from tamizdat.months import Month

# The head or foot of every page names these, so a change of name or place touches the whole paper.
ON_EVERY_PAGE = (Shelf.Kind.FRONT, Shelf.Kind.SECTION, Shelf.Kind.AUTHORS)


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
    """Its lists, the articles that name it, its translations, what leads on to it, the feeds and the authors' page."""
    if row.kind in ON_EVERY_PAGE:
        return None
    feeds = Shelf.objects.filter(kind__in=shelving.WITH_FEED).values_list("path", flat=True)
    people = Shelf.objects.filter(kind=Shelf.Kind.AUTHORS).values_list("path", flat=True)
    siblings = Shelf.objects.filter(kind=row.kind, translation_key=row.translation_key)
    return own.union(
        {at.SITEMAP, at.REDIRECTS},
        NOTHING if row.kind == Shelf.Kind.TOPIC else moving.leading_to(row.source_id),
        *starmap(part_paths, row.shelvings.values_list("galley__path", "galley__parts")),
        map(at.feed_path, feeds),
        people,
        siblings.values_list("path", flat=True),
    )


def _own_paths(row: Shelf) -> frozenset[str]:
    """The list with its months."""
    months = row.shelvings.values_list("month", flat=True).distinct()
    return frozenset({row.path, *(at.month_path(row.path, Month.parse(month)) for month in months)})


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
