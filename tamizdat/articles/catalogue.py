"""Every shelf of the paper in memory while sheets are made, so that no page needs a query of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from tamizdat.articles import archive
from tamizdat.articles.models import Galley, Shelf
from tamizdat.articles.pictures import shown
from tamizdat.articles.rules.after import Correction, Note
from tamizdat.articles.rules.machines import Feed
from tamizdat.articles.rules.notes import named
from tamizdat.articles.rules.paths import feed_path, topics_path
from tamizdat.articles.rules.room import LISTED
from tamizdat.articles.rules.sheets import RECENT, Card, Link, Masthead, Translation
from tamizdat.newsroom import queries as newsroom

CARD = ("page", "path", "language", "headline", "kicker", "standfirst", "published", "picture", "section")
AT_ONCE, MOST_KEPT = 500, 20_000  # cards
FEEDS_AT_ONCE = 50


class Printed(Protocol):
    @property
    def language(self) -> str: ...
    @property
    def path(self) -> str: ...


@dataclass(frozen=True)
class Catalogue:
    shelves: dict[str, Shelf]  # by path
    by_id: dict[int, Shelf]
    by_source: dict[tuple[str, int], Shelf]
    translated: dict[tuple[str, UUID], list[Shelf]]
    mastheads: dict[str, Masthead]
    recent: frozenset[int]
    today: date
    names: dict[tuple[str, int], Link]
    feeds: dict[str, Feed] = field(default_factory=dict)
    kept: dict[int, Card] = field(default_factory=dict)
    tops: dict[int, list[int]] = field(default_factory=dict)

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
            names={(shelf.kind, shelf.source_id): Link(shelf.title, shelf.path) for shelf in shelves},
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
        return tuple([self.names[kind, source] for source in sources if (kind, source) in self.names])

    def section(self, source: int | None, language: str) -> Link:
        """An article's section; the front page when its section is not in the paper."""
        link = self.names.get((Shelf.Kind.SECTION, source or 0))
        return link or Link(settings.NEWSROOM.paper.name, front_path(language))

    def cards(self, pages: Iterable[int]) -> tuple[Card, ...]:
        """Cards of articles by their page ids, in order, without those that are not in the paper.

        An article stands on many lists: its card is read once, many together.
        """
        pages = list(pages)
        missing = list({page for page in pages if page not in self.kept})
        if len(self.kept) + len(missing) > MOST_KEPT:
            self.kept.clear()
            missing = list(set(pages))
        for start in range(0, len(missing), AT_ONCE):
            found = Galley.objects.filter(page__in=missing[start : start + AT_ONCE])
            self.keep(found.values(*CARD))
        return tuple([self.kept[page] for page in pages if page in self.kept])

    def keep(self, rows: Iterable[dict[str, Any]]) -> None:
        """Cards of articles whose values are at hand."""
        self.kept.update((row["page"], self._card(row)) for row in rows)

    def newest(self, shelf: Shelf, count: int) -> list[int]:
        """The page ids of the newest articles on a shelf; its list and its feed ask for them one after another."""
        if shelf.pk not in self.tops or count > LISTED:
            self.tops[shelf.pk] = list(archive.newest(shelf).values_list("galley", flat=True)[: max(count, LISTED)])
        return self.tops[shelf.pk][:count]

    def _card(self, row: dict[str, Any]) -> Card:
        return Card(
            path=row["path"],
            language=row["language"],
            headline=row["headline"],
            kicker=row["kicker"],
            standfirst=row["standfirst"],
            published=here(row["published"]),
            picture=shown(row["picture"]),
            section=self.section(row["section"], row["language"]).title,
        )


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
