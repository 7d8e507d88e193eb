"""Sheets of sitemaps: an index, small parts by language and year, so that a correction alters one, and the news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from tamizdat.articles import archive
from tamizdat.articles.catalogue import Catalogue, here
from tamizdat.articles.models import Galley, Shelf, Shelving
from tamizdat.articles.rules import paths as at
from tamizdat.articles.rules.machines import News, NewsSitemap, Place, Sitemap, SitemapIndex
from tamizdat.articles.rules.room import IN_THE_NEWS, PLACES, pages
from tamizdat.articles.rules.sheets import Kind, Page, Sheet

NEWS_DAYS = 2
PARTS = 20  # in a block


def some(catalogue: Catalogue, front: Shelf, what: str, block: int) -> Iterator[Sheet]:
    """A block of the parts of a language's sitemap: of a year, or of its places."""
    count = parts(catalogue, front).get(what, 0)
    for number in range(1 + block * PARTS, 1 + min(count, (block + 1) * PARTS)):
        yield _part(catalogue, front, what, number)


def named(catalogue: Catalogue, path: str) -> Sheet | None:
    """The part or the news that stand at a path."""
    found = at.parse_sitemap_path(path)
    if found:
        front = _front(catalogue, found[0])
        sheet = _part(catalogue, front, found[1], found[2]) if front else None
        return sheet if sheet and isinstance(sheet.page, Sitemap) and sheet.page.places else None
    front = next((one for one in catalogue.fronts() if at.news_path(one.path) == path), None)
    return news_sheet(catalogue, front) if front else None


def index_sheet(catalogue: Catalogue) -> Sheet:
    found = [
        at.sitemap_path(front.path, what, number)
        for front in catalogue.fronts()
        for what, count in parts(catalogue, front).items()
        for number in range(1, count + 1)
    ]
    return _sheet(catalogue, at.SITEMAP, Kind.SITEMAP_INDEX, SitemapIndex(tuple(found)))


def parts(catalogue: Catalogue, front: Shelf) -> dict[str, int]:
    """How many parts there are, of each year and of the places."""
    years = Shelving.objects.filter(shelf=front.pk).values_list("month").annotate(Count("pk")).order_by("month")
    counts: dict[str, int] = {}
    for month, count in years:
        counts[month[:4]] = counts.get(month[:4], 0) + count
    counts[at.PLACES] = len(_places(catalogue, front))
    return {what: pages(count, PLACES) for what, count in counts.items()}


def news_sheet(catalogue: Catalogue, front: Shelf) -> Sheet:
    """Articles of yesterday and of today, newest first. What day it is stands in the catalogue."""
    since = datetime.combine(catalogue.today - timedelta(days=NEWS_DAYS - 1), time(), timezone.get_default_timezone())
    rows = archive.newest(front).filter(published__gte=since)
    found = rows.values_list("galley__path", "galley__headline", "published")[:IN_THE_NEWS]
    articles = tuple(News(path=path, headline=headline, published=here(when)) for path, headline, when in found)
    return _sheet(catalogue, at.news_path(front.path), Kind.NEWS, NewsSitemap(articles), language=front.language)


def _part(catalogue: Catalogue, front: Shelf, what: str, number: int) -> Sheet:
    stretch = slice((number - 1) * PLACES, number * PLACES)
    if what == at.PLACES:
        places = tuple(Place(path, None) for path in _places(catalogue, front)[stretch])
    else:
        oldest_first = archive.of_year(front, int(what)).order_by("month", "published", "galley")
        rows = oldest_first.values_list("galley__path", "galley__updated")[stretch]
        places = tuple(Place(path, here(updated)) for path, updated in rows)
    path = at.sitemap_path(front.path, what, number)
    return _sheet(catalogue, path, Kind.SITEMAP, Sitemap(places), language=front.language)


def _places(catalogue: Catalogue, front: Shelf) -> list[str]:
    """Front page, sections, topics, authors and plain pages of a language."""
    shelves = [shelf.path for shelf in catalogue.shelves.values() if shelf.language == front.language]
    plain = Galley.objects.filter(kind=Galley.Kind.PLAIN, language=front.language).values_list("path", flat=True)
    return sorted([*shelves, at.topics_path(front.path), *plain])


def _front(catalogue: Catalogue, path: str) -> Shelf | None:
    shelf = catalogue.shelves.get(path)
    return shelf if shelf and shelf.kind == Shelf.Kind.FRONT else None


def _sheet(catalogue: Catalogue, path: str, kind: Kind, page: Page, *, language: str = "") -> Sheet:
    language = language or settings.NEWSROOM.paper.language
    return Sheet(path=path, kind=kind, language=language, page=page, masthead=catalogue.masthead(language))
