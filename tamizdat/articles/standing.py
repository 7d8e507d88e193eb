"""Where an article stands in the paper's lists: what decides which files its change touches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count, Q

from tamizdat.articles import archive
from tamizdat.articles.models import Galley, Shelf
from tamizdat.articles.rules.touched import LONG_LISTED, Spot, Standing
from tamizdat.articles.shelving import BY_YEAR
from tamizdat.months import Month


def standing(row: Galley | None) -> Standing | None:
    """How a galley stands now, by its shelvings; None when there is none."""
    if row is None:
        return None
    shelves = [shelving.shelf for shelving in row.shelvings.select_related("shelf")]
    front = next((shelf for shelf in shelves if shelf.kind == Shelf.Kind.FRONT), None)
    older, of_year = _in_year(row, front) if front else (0, 0)
    return Standing(
        path=row.path,
        parts=row.parts,
        face=(row.headline, row.kicker, row.standfirst, row.published, row.order, repr(row.picture)),
        order=row.published,
        month=Month.parse(row.month),
        spots=frozenset(_spots(row, shelves)),
        front=front.path if front else "",
        older_in_year=older,
        in_year=of_year,
    )


def _spots(row: Galley, shelves: Iterable[Shelf]) -> Iterator[Spot]:
    newer = Q(published__gt=row.published) | Q(published=row.published, galley__gt=row.page_id)
    for shelf in shelves:
        longest = list(archive.newest(shelf).values_list("galley", flat=True)[:LONG_LISTED])
        period = archive.period(shelf, Month.parse(row.month)).order_by()
        counted = period.aggregate(all=Count("pk"), newer=Count("pk", filter=newer))
        yield Spot(
            path=shelf.path,
            newer=longest.index(row.page_id) if row.page_id in longest else LONG_LISTED,
            newer_in_period=counted["newer"],
            in_period=counted["all"],
            goes_by_year=shelf.kind in BY_YEAR,
        )


def _in_year(row: Galley, front: Shelf) -> tuple[int, int]:
    """How many articles of its year and language are older, and how many there are."""
    older = Q(month__lt=row.month) | Q(month=row.month, published__lt=row.published)
    older |= Q(month=row.month, published=row.published, galley__lt=row.page_id)
    year = archive.of_year(front, Month.parse(row.month).year).order_by()
    counted = year.aggregate(all=Count("pk"), older=Count("pk", filter=older))
    return counted["older"], counted["all"]
