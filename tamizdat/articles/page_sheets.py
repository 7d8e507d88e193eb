"""Sheets of articles and plain pages, from rows of the paper, a batch at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from tamizdat.articles.catalogue import Catalogue, corrections, here, notes, notes_of, translations
from tamizdat.articles.models import Galley, ReadMore, Shelf
from tamizdat.articles.pictures import shown
from tamizdat.articles.rules.after import Note
from tamizdat.articles.rules.parts import Part, joined_up, parse_part_path, part_path
from tamizdat.articles.rules.sheets import Article, Card, Kind, Link, Plain, Sheet, Translation

BATCH = 200
PLAIN = {kind.value: kind for kind in (Kind.COSTS, Kind.PRIVACY)}
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
    recommended = _recommended([row["page"] for row in rows])
    languages = _languages({row["translation_key"] for row in rows})
    catalogue.keep(row for row in rows if row["kind"] == Galley.Kind.ARTICLE)
    catalogue.cards(chain.from_iterable(recommended.values()))  # all at once, before each page takes its own
    for row in rows:
        is_article = row["kind"] == Galley.Kind.ARTICLE
        kind = Kind.ARTICLE if is_article else PLAIN.get(row["what"], Kind.PLAIN)
        read_more = catalogue.cards(recommended.get(row["page"], ()))
        for page in _articles(catalogue, row, read_more) if is_article else _plain(row):
            yield Sheet(
                path=part_path(row["path"], page.part.number),
                kind=kind,
                language=row["language"],
                page=page,
                masthead=catalogue.masthead(row["language"]),
                translations=languages.get(row["translation_key"], ()),
                is_quiet=row["has_no_asks"] or row["is_sensitive"] or kind == Kind.PRIVACY,
                is_recent=page.part.is_last and (kind == Kind.COSTS or row["page"] in catalogue.recent),
            )


def draft(catalogue: Catalogue, row: Row) -> Sheet:
    """A text that is being written, whole, with what will stand on later pages."""
    (sheet,) = sheets(catalogue, [{**row, "rest": [], "parts": 1}])
    page = replace(cast(Article | Plain, sheet.page), follows=tuple(row["rest"]), notes=notes(row["notes"]))
    return replace(sheet, page=page, is_recent=True)


def _parts(row: Row) -> Iterator[tuple[Part, str, tuple[Note, ...]]]:
    """Each part of a text with the notes that it leads to."""
    bodies = joined_up([row["body"], *row["rest"]], row["path"]) if row["rest"] else [row["body"]]
    all_notes = notes(row["notes"])
    for number, body in enumerate(bodies, 1):
        yield Part.of(row["path"], number, len(bodies)), body, notes_of(body, all_notes)


def _articles(catalogue: Catalogue, row: Row, read_more: tuple[Card, ...]) -> Iterator[Article]:
    """A page for each part: corrections stand on the first, what is read next on the last."""
    topics = catalogue.links(Shelf.Kind.TOPIC, row["topics"])
    alike = {
        "headline": row["headline"],
        "kicker": row["kicker"],
        "standfirst": row["standfirst"],
        "section": catalogue.section(row["section"], row["language"]),
        "authors": catalogue.links(Shelf.Kind.AUTHOR, row["authors"]),
        "topics": tuple(sorted(topics, key=attrgetter("title", "path"))),
        "published": here(row["published"]),
        "updated": here(row["updated"]) if row["updated_note"] else None,
        "updated_note": row["updated_note"],
        "picture": shown(row["picture"]),
        "first_publication": _elsewhere(row["first_publication"]),
        "is_sensitive": row["is_sensitive"],
        "word_count": row["word_count"],
    }
    for part, body, named in _parts(row):
        yield Article(
            **alike,
            body=body,
            part=part,
            notes=named,
            corrections=corrections(row["corrections"]) if part.is_first else (),
            read_more=read_more if part.is_last else (),
        )


def _plain(row: Row) -> Iterator[Plain]:
    for part, body, named in _parts(row):
        yield Plain(what=row["what"], title=row["headline"], body=body, part=part, notes=named)


def _elsewhere(address: str) -> Link | None:
    host = urlsplit(address).hostname if address else ""
    return Link(host.removeprefix("www."), address) if host else None


def _recommended(pages: list[int]) -> dict[int, list[int]]:
    """What each of these articles recommends."""
    found = defaultdict(list)
    rows = ReadMore.objects.filter(galley__in=pages).order_by("galley", "position")
    for page, named in rows.values_list("galley", "named"):
        found[page].append(named)
    return found


def _languages(keys: set[UUID]) -> dict[UUID, tuple[Translation, ...]]:
    found = defaultdict(list)
    rows = Galley.objects.filter(translation_key__in=keys)
    for key, language, path in rows.values_list("translation_key", "language", "path"):
        found[key].append(Translation(language, path))
    return {key: translations(there) for key, there in found.items()}
