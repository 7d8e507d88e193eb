"""Sheets of articles and plain pages, from rows of the paper, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from tamizdat.articles.catalogue import CARD, Catalogue, card, here, translations
from tamizdat.articles.models import Galley, ReadMore, Shelf
from tamizdat.articles.pictures import shown
from tamizdat.articles.rules.sheets import Article, Card, Kind, Plain, Sheet, Translation

BATCH = 200
FIELDS = (
    *("page", "kind", "what", "language", "path", "translation_key", "section", "authors", "topics", "body"),
    *("headline", "kicker", "standfirst", "picture", "word_count", "published", "updated", "updated_note"),
)
Row = dict[str, Any]


def named(catalogue: Catalogue, paths: Collection[str]) -> Iterator[Sheet]:
    """The articles and plain pages that stand at these paths."""
    wanted = sorted(paths)
    for start in range(0, len(wanted), BATCH):
        some = Galley.objects.filter(path__in=wanted[start : start + BATCH]).order_by("page")
        yield from sheets(catalogue, list(some.values(*FIELDS)))


def everyone(catalogue: Catalogue) -> Iterator[Sheet]:
    """Every article and plain page. A query for each batch: no cursor stays open while others write."""
    last = 0
    while rows := list(Galley.objects.filter(page__gt=last).order_by("page").values(*FIELDS)[:BATCH]):
        yield from sheets(catalogue, rows)
        last = rows[-1]["page"]


def sheets(catalogue: Catalogue, rows: list[Row]) -> Iterator[Sheet]:
    """A sheet for each row: one query for what they recommend, one for their translations."""
    cards = _recommended(catalogue, [row["page"] for row in rows])
    languages = _languages({row["translation_key"] for row in rows})
    for row in rows:
        is_article = row["kind"] == Galley.Kind.ARTICLE
        is_costs = row["what"] == Kind.COSTS
        kind = Kind.ARTICLE if is_article else Kind.COSTS if is_costs else Kind.PLAIN
        yield Sheet(
            path=row["path"],
            kind=kind,
            language=row["language"],
            page=_article(catalogue, row, cards.get(row["page"], [])) if is_article else _plain(row),
            masthead=catalogue.masthead(row["language"]),
            translations=languages.get(row["translation_key"], ()),
            is_recent=is_costs or row["page"] in catalogue.recent,
        )


def _article(catalogue: Catalogue, row: Row, read_more: list[Card]) -> Article:
    return Article(
        headline=row["headline"],
        kicker=row["kicker"],
        standfirst=row["standfirst"],
        section=catalogue.section(row["section"], row["language"]),
        authors=catalogue.links(Shelf.Kind.AUTHOR, row["authors"]),
        topics=catalogue.links(Shelf.Kind.TOPIC, row["topics"]),
        published=here(row["published"]),
        updated=here(row["updated"]) if row["updated_note"] else None,
        updated_note=row["updated_note"],
        picture=shown(row["picture"]),
        body=row["body"],
        word_count=row["word_count"],
        read_more=tuple(read_more),
    )


def _plain(row: Row) -> Plain:
    return Plain(what=row["what"], title=row["headline"], body=row["body"])


def _recommended(catalogue: Catalogue, pages: list[int]) -> dict[int, list[Card]]:
    rows = ReadMore.objects.filter(galley__in=pages).order_by("galley", "position")
    found = defaultdict(list)
    for row in rows.values("galley", *(f"named__{field}" for field in CARD)):
        found[row["galley"]].append(card(catalogue, row, "named__"))
    return found


def _languages(keys: set[UUID]) -> dict[UUID, tuple[Translation, ...]]:
    found = defaultdict(list)
    for row in Galley.objects.filter(translation_key__in=keys).only("language", "path", "translation_key"):
        found[row.translation_key].append(row)
    return {key: translations(rows) for key, rows in found.items()}
