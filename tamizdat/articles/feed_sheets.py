"""Sheets of feeds: the newest articles of a shelf, the first of them whole, as far as one response carries."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import takewhile
from typing import Any
from uuid import uuid5

from django.conf import settings

from tamizdat.articles.catalogue import Catalogue, corrections, here, notes, notes_of
from tamizdat.articles.models import Galley, Shelf
from tamizdat.articles.rules.machines import Entry, Feed
from tamizdat.articles.rules.parts import part_path
from tamizdat.articles.rules.room import FED, FEED_BYTES, Box
from tamizdat.articles.rules.sheets import Kind, Sheet

KINDS = {"feed.xml": Kind.FEED, "rss.xml": Kind.RSS, "feed.json": Kind.JSON_FEED}
WHOLE = 8  # whole articles at most; more would not fit even in English
_ENTRY = ("path", "headline", "standfirst", "authors", "published", "updated", "translation_key", "language", "page")
_TEXT = ("page", "body", "parts", "notes", "corrections")
# What the formats write around an article; all three repeat it, so it packs to little.
_AROUND = (
    '<entry><id></id><title></title><link rel="alternate" type="text/html" href=""/><author><name></name></author>'
)


def sheet(catalogue: Catalogue, shelf: Shelf, name: str) -> Sheet:
    """A shelf's feed in the format that its name says."""
    language = shelf.language
    return Sheet(
        path=shelf.path + name,
        kind=KINDS[name],
        language=language,
        page=catalogue.feed(shelf.path, lambda: _feed(catalogue, shelf)),
        masthead=catalogue.masthead(language),
    )


def _feed(catalogue: Catalogue, shelf: Shelf) -> Feed:
    newest = catalogue.newest(shelf, FED)
    rows, texts = _by_page(newest, _ENTRY), _by_page(newest[:WHOLE], _TEXT)
    there = [page for page in newest if page in rows]  # one may have gone between two questions
    entries = [_entry(catalogue, rows[page]) for page in there]
    with_text = list(takewhile(texts.__contains__, there))
    wholes = [_whole(entry, texts[page]) for entry, page in zip(entries, with_text, strict=False)]
    return Feed(
        title="" if shelf.kind == Shelf.Kind.FRONT else shelf.title,
        home=shelf.path,
        updated=max((entry.updated for entry in entries), default=None),
        entries=_fitted(entries, wholes),
    )


def _by_page(pages: list[int], fields: tuple[str, ...]) -> dict[int, dict[str, Any]]:
    return {row["page"]: row for row in Galley.objects.filter(page__in=pages).values(*fields)}


def _entry(catalogue: Catalogue, row: dict[str, Any]) -> Entry:
    return Entry(
        id=uuid5(row["translation_key"], row["language"]).urn,
        path=row["path"],
        headline=row["headline"],
        standfirst=row["standfirst"],
        authors=tuple(link.title for link in catalogue.links(Shelf.Kind.AUTHOR, row["authors"])),
        published=here(row["published"]),
        updated=here(row["updated"]),
    )


def _whole(entry: Entry, row: dict[str, Any]) -> Entry:
    """An entry with its text, or the first part of it, and what stands after that."""
    return replace(
        entry,
        body=row["body"],
        continues=part_path(entry.path, 2) if row["parts"] > 1 else "",
        notes=notes_of(row["body"], notes(row["notes"])),
        corrections=corrections(row["corrections"]),
    )


def _fitted(entries: list[Entry], wholes: list[Entry]) -> tuple[Entry, ...]:
    """All of them in short; then the newest whole while there is room; then standfirsts while there is room."""
    box = Box(FEED_BYTES)
    short = [replace(entry, standfirst="") for entry in entries if box.take(_in_short(entry))]
    whole = 0
    for entry in wholes[: len(short)]:
        if not (entry.body and box.take(_in_whole(entry))):
            break
        short[whole] = entry
        whole += 1
    for place in range(whole, len(short)):
        if not box.take(escape(entries[place].standfirst)):
            break
        short[place] = entries[place]
    return tuple(short)


def _in_whole(entry: Entry) -> str:
    after = [*(note.html for note in entry.notes), *(f"{one.dated}{one.text}" for one in entry.corrections)]
    return escape("".join([entry.standfirst, entry.body, entry.continues, *after]))


def _in_short(entry: Entry) -> str:
    address = settings.NEWSROOM.paper.address
    times = f"{entry.published.isoformat()}{entry.updated.isoformat()}"
    return f"{_AROUND}{entry.id}{escape(entry.headline)}{address}{entry.path}{times}{' '.join(entry.authors)}"
