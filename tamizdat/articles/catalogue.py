"""Every shelf of the paper in memory while sheets are made, so that no page needs a query of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from tamizdat.articles.models import Galley, Shelf, Shelving
from tamizdat.articles.pictures import shown
from tamizdat.articles.rules.after import Correction, Note
from tamizdat.articles.rules.machines import Feed
from tamizdat.articles.rules.notes import named
from tamizdat.articles.rules.paths import feed_path, topics_path
from tamizdat.articles.rules.sheets import RECENT, Card, Link, Masthead, Translation
from tamizdat.newsroom import queries as newsroom

CARD = ("path", "language", "headline", "kicker", "standfirst", "published", "picture", "section")
SHELVED_CARD = tuple(f"galley__{field}" for field in CARD)
FEEDS_AT_ONCE = 50


class Printed(Protocol):
    language: str
    path: str


@dataclass(frozen=True)
class Catalogue:
    shelves: dict[str, Shelf]  # by path
    by_id: dict[int, Shelf]
    by_source: dict[tuple[str, int], Shelf]
    translated: dict[tuple[str, UUID], list[Shelf]]
    mastheads: dict[str, Masthead]
    recent: frozenset[int]
    today: date
    feeds: dict[str, Feed] = field(default_factory=dict)

    @classmethod
    def read(cls) -> Catalogue:
        shelves = list(Shelf.objects.order_by("order", "title", "path"))
        translated = defaultdict(list)
        for shelf in shelves:
            translated[shelf.kind, shelf.translation_key].append(shelf)
        return cls(
            shelves={shelf.path: shelf for shelf in shelves},
            by_id={shelf.pk: shelf for shelf in shelves},
            by_source={(shelf.kind, shelf.source_id): shelf for shelf in shelves},
            translated=translated,
            mastheads=_mastheads(shelves),
            recent=recent(),
            today=newsroom.today(),
        )

    def fronts(self) -> list[Shelf]:
        return [shelf for shelf in self.shelves.values() if shelf.kind == Shelf.Kind.FRONT]

    def of(self, kind: str, language: str) -> list[Shelf]:
        return [one for one in self.shelves.values() if one.kind == kind and one.language == language]

    def masthead(self, language: str) -> Masthead:
        return self.mastheads.get(language) or Masthead(front=front_path(language))

    def feed(self, path: str, make: Callable[[], Feed]) -> Feed:
        """A shelf's feed, made once for its formats, which are asked for one after another."""
        if path not in self.feeds:
            if len(self.feeds) >= FEEDS_AT_ONCE:
                self.feeds.clear()
            self.feeds[path] = make()
        return self.feeds[path]

    def links(self, kind: str, sources: Iterable[int]) -> tuple[Link, ...]:
        """Links to those of the sources that stand in the paper, in order."""
        found = (self.by_source.get((kind, source)) for source in sources)
        return tuple(Link(shelf.title, shelf.path) for shelf in found if shelf)

    def section(self, source: int | None, language: str) -> Link:
        """An article's section; the front page when its section is not in the paper."""
        links = self.links(Shelf.Kind.SECTION, [source] if source else [])
        return links[0] if links else Link(settings.NEWSROOM.paper.name, front_path(language))


def front_path(language: str) -> str:
    return "/" if language == settings.NEWSROOM.paper.language else f"/{language}/"


def recent() -> frozenset[int]:
    """The newest articles of the whole paper, as page ids."""
    newest = Galley.objects.filter(kind=Galley.Kind.ARTICLE).order_by("-published", "-page")
    return frozenset(newest.values_list("page", flat=True)[:RECENT])


def translations(rows: Iterable[Printed]) -> tuple[Translation, ...]:
    """A page's languages in the newsroom's order; nothing when there is only one."""
    order = {language: place for place, language in enumerate(settings.NEWSROOM.paper.languages)}
    found = sorted(rows, key=lambda row: (order.get(row.language, len(order)), row.language))
    return tuple(Translation(row.language, row.path) for row in found) if len(found) > 1 else ()


def cards(catalogue: Catalogue, shelvings: QuerySet[Shelving], *, standfirst: bool = True) -> tuple[Card, ...]:
    """A card for each shelving, in order; without its standfirst where only headlines are shown."""
    rows = shelvings.values(*SHELVED_CARD)
    return tuple(card(catalogue, row, "galley__", is_headline=not standfirst) for row in rows)


def card(catalogue: Catalogue, row: dict[str, Any], prefix: str = "", *, is_headline: bool = False) -> Card:
    """A card from values of a galley, or of a row that names one under `prefix`; or no more than its headline."""
    return Card(
        path=row[f"{prefix}path"],
        language=row[f"{prefix}language"],
        headline=row[f"{prefix}headline"],
        kicker=row[f"{prefix}kicker"],
        standfirst="" if is_headline else row[f"{prefix}standfirst"],
        published=here(row[f"{prefix}published"]),
        picture=None if is_headline else shown(row[f"{prefix}picture"]),
        section=catalogue.section(row[f"{prefix}section"], row[f"{prefix}language"]).title,
    )


def notes(kept: list[str]) -> tuple[Note, ...]:
    """Kept footnotes as sheets show them."""
    return tuple(Note(number, html) for number, html in enumerate(kept, start=1))


def notes_of(body: str, there: tuple[Note, ...]) -> tuple[Note, ...]:
    """Those of the footnotes that a part of a text leads to."""
    return tuple(there[number - 1] for number in named(body)) if there else ()


def corrections(kept: list[dict[str, str]]) -> tuple[Correction, ...]:
    """Kept corrections as sheets show them."""
    return tuple(Correction(date.fromisoformat(one["dated"]), one["text"]) for one in kept)


def here(when: datetime) -> datetime:
    """A time in the newsroom's zone."""
    return when.astimezone(timezone.get_default_timezone())


def _mastheads(shelves: list[Shelf]) -> dict[str, Masthead]:
    plain = Galley.objects.filter(kind=Galley.Kind.PLAIN).order_by("order")
    pages = list(plain.values_list("language", "what", "headline", "path"))
    return {
        front.language: Masthead(
            front=front.path,
            sections=_links(shelves, Shelf.Kind.SECTION, front.language),
            plain=(
                *_links(shelves, Shelf.Kind.AUTHORS, front.language),
                *(Link(title, path) for language, _, title, path in pages if language == front.language),
            ),
            costs=next(
                (path for language, what, _, path in pages if (language, what) == (front.language, "costs")),
                "",
            ),
            feed=feed_path(front.path),
            topics=topics_path(front.path),
        )
        for front in shelves
        if front.kind == Shelf.Kind.FRONT
    }


def _links(shelves: list[Shelf], kind: str, language: str) -> tuple[Link, ...]:
    return tuple(Link(one.title, one.path) for one in shelves if (one.kind, one.language) == (kind, language))
