"""Sheets of front pages, sections, topics, authors, and of their months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import QuerySet

from tamizdat.articles.catalogue import CARD, Catalogue, card, translations
from tamizdat.articles.models import Galley, Shelf, Shelving
from tamizdat.articles.pictures import shown
from tamizdat.articles.rules.paths import feed_path, month_path
from tamizdat.articles.rules.sheets import Card, Front, Kind, Link, Listing, MonthLink, Sheet, Strip
from tamizdat.articles.shelving import WITH_FEED
from tamizdat.months import Month

NEWEST = 30
SECONDS, STRIP = 2, 4


def shelf_sheet(catalogue: Catalogue, shelf: Shelf) -> Sheet:
    """The front page, or a list with its newest articles."""
    is_front = shelf.kind == Shelf.Kind.FRONT
    return Sheet(
        path=shelf.path,
        kind=Kind.FRONT if is_front else Kind.LISTING,
        language=shelf.language,
        page=_front(catalogue, shelf) if is_front else _listing(catalogue, shelf),
        masthead=catalogue.masthead(shelf.language),
        translations=translations(catalogue.translated.get((shelf.kind, shelf.translation_key), ())),
        is_recent=is_front,
    )


def month_sheet(catalogue: Catalogue, shelf: Shelf, month: Month) -> Sheet | None:
    """All of a month; None when nothing was published in it."""
    cards = _cards(_newest(shelf).filter(month=str(month)))
    if not cards:
        return None
    title = _title(shelf)
    return Sheet(
        path=month_path(shelf.path, month),
        kind=Kind.LISTING,
        language=shelf.language,
        page=Listing(what=shelf.kind, title=title, cards=cards, month=month, parent=Link(title, shelf.path)),
        masthead=catalogue.masthead(shelf.language),
    )


def year(catalogue: Catalogue, shelf: Shelf, number: str) -> Iterator[Sheet]:
    """The months of one year of a list, "2026"."""
    found = Shelving.objects.filter(shelf=shelf.pk, month__startswith=number)
    for month in found.values_list("month", flat=True).distinct().order_by("-month"):
        sheet = month_sheet(catalogue, shelf, Month.parse(month))
        if sheet:
            yield sheet


def _title(shelf: Shelf) -> str:
    return settings.NEWSROOM.paper.name if shelf.kind == Shelf.Kind.FRONT else shelf.title


def _listing(catalogue: Catalogue, shelf: Shelf) -> Listing:
    people = catalogue.of(Shelf.Kind.AUTHOR, shelf.language) if shelf.kind == Shelf.Kind.AUTHORS else []
    return Listing(
        what=shelf.kind,
        title=shelf.title,
        intro=shelf.intro,
        picture=shown(shelf.picture),
        cards=_cards(_newest(shelf)[:NEWEST]),
        months=_months(shelf),
        links=tuple(Link(one.title, one.path) for one in people),
        feed=feed_path(shelf.path) if shelf.kind in WITH_FEED else "",
    )


def _front(catalogue: Catalogue, shelf: Shelf) -> Front:
    """What an editor has chosen, the newest after it, then a strip of each section with what is not above."""
    top = _top(shelf)
    return Front(
        tagline=settings.NEWSROOM.paper.tagline.get(shelf.language, ""),
        lead=top[0] if top else None,
        seconds=top[1:],
        strips=tuple(_strips(catalogue.of(Shelf.Kind.SECTION, shelf.language), top)),
        months=_months(shelf),
    )


def _top(shelf: Shelf) -> tuple[Card, ...]:
    """The lead and what stands beside it. Chosen articles that have left the paper leave their place to others."""
    there = Galley.objects.filter(kind=Galley.Kind.ARTICLE, page__in=shelf.chosen).values("page", *CARD)
    standing = {row["page"]: card(row) for row in there}
    chosen = [standing[page] for page in shelf.chosen if page in standing]
    newest = [one for one in _cards(_newest(shelf)[: 1 + SECONDS + len(chosen)]) if one not in chosen]
    return (*chosen, *newest)[: max(1 + SECONDS, len(chosen))]


def _strips(sections: Iterable[Shelf], top: tuple[Card, ...]) -> Iterator[Strip]:
    above = {one.path for one in top}
    for section in sections:
        cards = [one for one in _cards(_newest(section)[: STRIP + len(top)]) if one.path not in above]
        if cards:
            yield Strip(section=Link(section.title, section.path), cards=tuple(cards[:STRIP]))


def _newest(shelf: Shelf) -> QuerySet[Shelving]:
    return Shelving.objects.filter(shelf=shelf.pk).order_by("-published", "-galley")


def _cards(shelvings: QuerySet[Shelving]) -> tuple[Card, ...]:
    return tuple(card(row, "galley__") for row in shelvings.values(*(f"galley__{field}" for field in CARD)))


def _months(shelf: Shelf) -> tuple[MonthLink, ...]:
    """Months in which something was published, newest first."""
    found = Shelving.objects.filter(shelf=shelf.pk).values_list("month", flat=True).distinct().order_by("-month")
    months = map(Month.parse, found)
    return tuple(MonthLink(month, month_path(shelf.path, month)) for month in months)
