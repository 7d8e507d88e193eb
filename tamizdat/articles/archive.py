"""What stands on a shelf, newest first: all of it, by year, by month."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import Count, QuerySet

from tamizdat.articles.models import Shelf, Shelving
from tamizdat.articles.rules.paths import month_path, year_path
from tamizdat.articles.rules.sheets import MonthLink, YearLink
from tamizdat.articles.shelving import BY_YEAR
from tamizdat.months import Month

# Hops along the index from month to month, or from year to year: an archive of any age costs the same few reads.
_HOPS = """
WITH RECURSIVE hop(month) AS (
    SELECT max(month) FROM articles_shelving WHERE shelf_id = %s
    UNION ALL
    SELECT (SELECT max(month) FROM articles_shelving WHERE shelf_id = %s AND month < substr(hop.month, 1, %s))
    FROM hop WHERE hop.month IS NOT NULL
)
SELECT month FROM hop WHERE month IS NOT NULL LIMIT %s
"""
_YEAR, _MONTH = 4, 7  # letters of "2024-05"
EVERY = 9999


def newest(shelf: Shelf) -> QuerySet[Shelving]:
    return Shelving.objects.filter(shelf=shelf.pk).order_by("-published", "-galley")


def of_month(shelf: Shelf, month: Month) -> QuerySet[Shelving]:
    return newest(shelf).filter(month=str(month))


def of_year(shelf: Shelf, year: int) -> QuerySet[Shelving]:
    return newest(shelf).filter(month__range=_months(year))


def of_shelves(shelves: Collection[Shelf], year: int) -> QuerySet[Shelving]:
    """What stands on these shelves of a year, shelf by shelf."""
    found = Shelving.objects.filter(shelf__in=[shelf.pk for shelf in shelves], month__range=_months(year))
    return found.order_by("shelf", "-published", "-galley")


def _months(year: int) -> tuple[str, str]:
    return f"{year:04}-01", f"{year:04}-12"


def period(shelf: Shelf, month: Month) -> QuerySet[Shelving]:
    """What is listed together with a month's articles: the month, or the year where a list goes by years."""
    return of_year(shelf, month.year) if shelf.kind in BY_YEAR else of_month(shelf, month)


def newest_months(shelf: Shelf, count: int) -> tuple[MonthLink, ...]:
    """The newest months in which something was published, where a list goes by months."""
    if shelf.kind in BY_YEAR:
        return ()
    months = [Month.parse(month) for month in _hops(shelf, _MONTH, count)]
    return tuple(MonthLink(month, month_path(shelf.path, month)) for month in months)


def years(shelf: Shelf) -> tuple[YearLink, ...]:
    """Every year in which something was published, newest first."""
    found = [int(month[:_YEAR]) for month in _hops(shelf, _YEAR, EVERY)]
    return tuple(YearLink(year, year_path(shelf.path, year)) for year in found)


def months_of(shelf: Shelf, year: int) -> tuple[MonthLink, ...]:
    """The months of a year in which something was published, newest first, each with its number of articles."""
    counted = of_year(shelf, year).values_list("month").annotate(Count("pk")).order_by("-month")
    months = [(Month.parse(month), count) for month, count in counted]
    return tuple(MonthLink(month, month_path(shelf.path, month), count) for month, count in months)


def _hops(shelf: Shelf, letters: int, count: int) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_HOPS, [shelf.pk, shelf.pk, letters, count])
        return [month for (month,) in cursor.fetchall()]
