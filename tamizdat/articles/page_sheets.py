"""Sheets of articles and plain pages, from rows of the paper, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from tamizdat.articles.catalogue import CARD, Catalogue, card, corrections, here, notes, notes_of, translations
from tamizdat.articles.models import Galley, ReadMore, Shelf
from tamizdat.articles.pictures import shown
from tamizdat.articles.rules.parts import Part, joined_up, parse_part_path, part_path
from tamizdat.articles.rules.sheets import Article, Card, Kind, Link, Plain, Sheet, Translation

BATCH = 200
FIELDS = (
    *("page", "kind", "what", "language", "path", "translation_key", "section", "authors", "topics", "body"),
    *("headline", "kicker", "standfirst", "picture", "word_count", "published", "updated", "updated_note"),
    *("rest", "parts"),
    *("notes", "corrections", "first_publication", "has_no_asks", "is_sensitive"),
)
Row = dict[str, Any]


def named(catalogue: Catalogue, paths: Collection[str]) -> Iterator[Sheet]:
    """The articles and plain pages, and the parts of long ones, that stand at these paths."""
    wanted = frozenset(paths)
    wholes = sorted(wanted | {found[0] for path in wanted if (found := parse_part_path(path))})
    for start in range(0, len(wholes), BATCH):
        some = Galley.objects.filter(path__in=wholes[start : start + BATCH]).order_by("page")
        yield from (one for one in sheets(catalogue, list(some.values(*FIELDS))) if one.path in wanted)


def between(catalogue: Catalogue, first: int, last: int) -> Iterator[Sheet]:
    """The articles and plain pages of a range of page ids: from `first` to before `last`."""
    some = Galley.objects.filter(page__gte=first, page__lt=last).order_by("-page")
    return sheets(catalogue, list(some.values(*FIELDS)))


def sheets(catalogue: Catalogue, rows: list[Row]) -> Iterator[Sheet]:
    """The sheets of each row, one a part: one query for what they recommend, one for their translations."""
    cards = _recommended(catalogue, [row["page"] for row in rows])
    languages = _languages({row["translation_key"] for row in rows})
    for row in rows:
        is_article = row["kind"] == Galley.Kind.ARTICLE
        is_costs = row["what"] == Kind.COSTS
        whole = _article(catalogue, row) if is_article else _plain(row)
        for page in _parts(whole, row, tuple(cards.get(row["page"], ()))):
            yield Sheet(
                path=part_path(row["path"], page.part.number),
                kind=Kind.ARTICLE if is_article else Kind.COSTS if is_costs else Kind.PLAIN,
                language=row["language"],
                page=page,
                masthead=catalogue.masthead(row["language"]),
                translations=languages.get(row["translation_key"], ()),
                is_quiet=row["has_no_asks"] or row["is_sensitive"],
                is_recent=page.part.is_last and (is_costs or row["page"] in catalogue.recent),
            )


def draft(catalogue: Catalogue, row: Row) -> Sheet:
    """A text that is being written, whole, with what will stand on later pages."""
    (sheet,) = sheets(catalogue, [{**row, "rest": [], "parts": 1}])
    page = replace(cast(Article | Plain, sheet.page), follows=tuple(row["rest"]), notes=notes(row["notes"]))
    return replace(sheet, page=page, is_recent=True)


def _parts(whole: Article | Plain, row: Row, read_more: tuple[Card, ...]) -> Iterator[Article | Plain]:
    """A page for each part, with its own notes; corrections stand on the first, what is read next on the last."""
    bodies = joined_up([row["body"], *row["rest"]], row["path"]) if row["rest"] else [row["body"]]
    for number, body in enumerate(bodies, 1):
        part, named = Part.of(row["path"], number, len(bodies)), notes_of(body, whole.notes)
        if isinstance(whole, Article):
            corrections = whole.corrections if part.is_first else ()
            after = read_more if part.is_last else ()
            yield replace(whole, body=body, part=part, notes=named, corrections=corrections, read_more=after)
        else:
            yield replace(whole, body=body, part=part, notes=named)


def _article(catalogue: Catalogue, row: Row) -> Article:
    return Article(
        headline=row["headline"],
        kicker=row["kicker"],
        standfirst=row["standfirst"],
        section=catalogue.section(row["section"], row["language"]),
        authors=catalogue.links(Shelf.Kind.AUTHOR, row["authors"]),
        topics=tuple(
            sorted(catalogue.links(Shelf.Kind.TOPIC, row["topics"]), key=lambda topic: (topic.title, topic.path))
        ),
        published=here(row["published"]),
        updated=here(row["updated"]) if row["updated_note"] else None,
        updated_note=row["updated_note"],
        picture=shown(row["picture"]),
        body=row["body"],
        notes=notes(row["notes"]),
        corrections=corrections(row["corrections"]),
        first_publication=_elsewhere(row["first_publication"]),
        is_sensitive=row["is_sensitive"],
        word_count=row["word_count"],
        read_more=(),
    )


def _plain(row: Row) -> Plain:
    return Plain(what=row["what"], title=row["headline"], body=row["body"], notes=notes(row["notes"]))


def _elsewhere(address: str) -> Link | None:
    host = urlsplit(address).hostname or ""
    return Link(host.removeprefix("www."), address) if host else None


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
