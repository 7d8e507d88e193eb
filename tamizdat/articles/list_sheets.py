"""Sheets of front pages and lists: sections, topics, authors, and the lists of authors and topics themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext, override

from tamizdat.articles import archive, archive_sheets, feed_sheets
from tamizdat.articles.archive_sheets import leaf
from tamizdat.articles.catalogue import Catalogue, translations
from tamizdat.articles.models import Shelf
from tamizdat.articles.pictures import shown
from tamizdat.articles.rules.paths import FEEDS, Stretch, feed_path, topics_path
from tamizdat.articles.rules.room import LISTED, NAMES, pages, with_room
from tamizdat.articles.rules.sheets import Card, Front, Kind, Leaf, Link, Listing, Sheet, Strip, Translation
from tamizdat.articles.shelving import WITH_FEED

SECONDS, STRIP = 2, 4
MONTHS = 6  # the newest, beside every year


def shelf_sheets(catalogue: Catalogue, shelf: Shelf) -> Iterator[Sheet]:
    """A shelf's list and its feeds, without its years."""
    for number in range(1, _count(catalogue, shelf) + 1):
        yield shelf_sheet(catalogue, shelf, number)
    if shelf.kind in WITH_FEED:
        yield from (feed_sheets.sheet(catalogue, shelf, name) for name in FEEDS)


def stretch_sheet(catalogue: Catalogue, stretch: Stretch) -> Sheet | None:
    """The part of a list that a path names; None when nothing stands there."""
    shelf = catalogue.shelves.get(stretch.shelf)
    if shelf is None:
        return _topics_at(catalogue, stretch)
    if stretch.year:
        return archive_sheets.named(catalogue, shelf, stretch)
    return shelf_sheet(catalogue, shelf, stretch.page) if stretch.page <= _count(catalogue, shelf) else None


def shelf_sheet(catalogue: Catalogue, shelf: Shelf, number: int = 1) -> Sheet:
    """The front page, or a list with its newest articles; the authors go on for as many pages as they need."""
    is_front = shelf.kind == Shelf.Kind.FRONT
    return Sheet(
        path=Stretch(shelf.path, page=number).path,
        kind=Kind.FRONT if is_front else Kind.LISTING,
        language=shelf.language,
        page=_front(catalogue, shelf) if is_front else _listing(catalogue, shelf, number),
        masthead=catalogue.masthead(shelf.language),
        translations=_translations(catalogue, shelf) if number == 1 else (),
        is_recent=is_front,
    )


def topics_sheets(catalogue: Catalogue, front: Shelf) -> Iterator[Sheet]:
    """Every topic of a language, by name."""
    topics = catalogue.of(Shelf.Kind.TOPIC, front.language)
    for number in range(1, pages(len(topics), NAMES) + 1):
        yield _topics_sheet(catalogue, front, topics, number)


def _topics_at(catalogue: Catalogue, stretch: Stretch) -> Sheet | None:
    front = next((one for one in catalogue.fronts() if topics_path(one.path) == stretch.shelf), None)
    if front is None or stretch.year or stretch.month:
        return None
    topics = catalogue.of(Shelf.Kind.TOPIC, front.language)
    return _topics_sheet(catalogue, front, topics, stretch.page) if stretch.page <= pages(len(topics), NAMES) else None


def _topics_sheet(catalogue: Catalogue, front: Shelf, topics: list[Shelf], number: int) -> Sheet:
    path = topics_path(front.path)
    return Sheet(
        path=Stretch(path, page=number).path,
        kind=Kind.LISTING,
        language=front.language,
        page=Listing(
            what="topics",
            title=_topics_title(front.language),
            links=_names(topics, number),
            leaf=_leaf(path, topics, number),
        ),
        masthead=catalogue.masthead(front.language),
    )


def _count(catalogue: Catalogue, shelf: Shelf) -> int:
    return pages(len(_people(catalogue, shelf)), NAMES)


def _people(catalogue: Catalogue, shelf: Shelf) -> list[Shelf]:
    return catalogue.of(Shelf.Kind.AUTHOR, shelf.language) if shelf.kind == Shelf.Kind.AUTHORS else []


def _names(there: list[Shelf], number: int) -> tuple[Link, ...]:
    """One page of a list of names."""
    return tuple(Link(one.title, one.path) for one in there[(number - 1) * NAMES : number * NAMES])


def _leaf(path: str, there: list[Shelf], number: int) -> Leaf:
    return leaf(Stretch(path, page=number), pages(len(there), NAMES))


def _translations(catalogue: Catalogue, shelf: Shelf) -> tuple[Translation, ...]:
    return translations(catalogue.translated.get((shelf.kind, shelf.translation_key), ()))


def _listing(catalogue: Catalogue, shelf: Shelf, number: int) -> Listing:
    newest, people = _newest(catalogue, shelf, LISTED), _people(catalogue, shelf)
    return Listing(
        what=shelf.kind,
        title=shelf.title,
        intro=shelf.intro if number == 1 else "",
        picture=shown(shelf.picture) if number == 1 else None,
        cards=with_room(newest, taken=shelf.intro),
        months=archive.newest_months(shelf, MONTHS),
        years=archive.years(shelf),
        parent=_parent(catalogue, shelf),
        feed=feed_path(shelf.path) if shelf.kind in WITH_FEED else "",
        links=_names(people, number),
        leaf=_leaf(shelf.path, people, number),
    )


def _parent(catalogue: Catalogue, shelf: Shelf) -> Link | None:
    """An author stands among the authors, a topic among the topics."""
    front = catalogue.masthead(shelf.language)
    if shelf.kind == Shelf.Kind.TOPIC and front.topics:
        return Link(_topics_title(shelf.language), front.topics)
    among = catalogue.of(Shelf.Kind.AUTHORS, shelf.language) if shelf.kind == Shelf.Kind.AUTHOR else []
    return Link(among[0].title, among[0].path) if among else None


def _topics_title(language: str) -> str:
    with override(language):
        return gettext("Topics")


def _front(catalogue: Catalogue, shelf: Shelf) -> Front:
    """What an editor has chosen, the newest after it, then a strip of each section with what is not above."""
    top = _top(catalogue, shelf)
    return Front(
        tagline=settings.NEWSROOM.paper.tagline.get(shelf.language, ""),
        lead=top[0] if top else None,
        seconds=top[1:],
        strips=tuple(_strips(catalogue, catalogue.of(Shelf.Kind.SECTION, shelf.language), top)),
        months=archive.newest_months(shelf, MONTHS),
        years=archive.years(shelf),
    )


def _top(catalogue: Catalogue, shelf: Shelf) -> tuple[Card, ...]:
    """The lead and what stands beside it. Chosen articles that have left the paper leave their place to others."""
    chosen = catalogue.cards(shelf.chosen)
    newest = _newest(catalogue, shelf, 1 + SECONDS + len(chosen))
    return (*chosen, *(one for one in newest if one not in chosen))[: max(1 + SECONDS, len(chosen))]


def _strips(catalogue: Catalogue, sections: Iterable[Shelf], top: tuple[Card, ...]) -> Iterator[Strip]:
    above = {one.path for one in top}
    for section in sections:
        found = _newest(catalogue, section, STRIP + len(top))
        shown_here = [one for one in found if one.path not in above]
        if shown_here:
            yield Strip(section=Link(section.title, section.path), cards=tuple(shown_here[:STRIP]))


def _newest(catalogue: Catalogue, shelf: Shelf, count: int) -> tuple[Card, ...]:
    return catalogue.cards(catalogue.newest(shelf, count))
