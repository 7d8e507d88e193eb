"""Sheets of feeds: the newest articles of a shelf, the first of them whole, as far as one response carries."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any
from uuid import uuid5

from django.conf import settings

from tamizdat.articles import archive
from tamizdat.articles.catalogue import Catalogue, here
from tamizdat.articles.models import Galley, Shelf
from tamizdat.articles.rules.machines import Entry, Feed
from tamizdat.articles.rules.room import FED, FEED_BYTES, Box
from tamizdat.articles.rules.sheets import Kind, Sheet

KINDS = {"feed.xml": Kind.FEED, "rss.xml": Kind.RSS, "feed.json": Kind.JSON_FEED}
WHOLE = 8  # whole articles at most; more would not fit even in English
_ENTRY = ("path", "headline", "standfirst", "authors", "published", "updated", "translation_key", "language", "page")
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
    rows = list(archive.newest(shelf).values(*(f"galley__{field}" for field in _ENTRY))[:FED])
    found = [{name.removeprefix("galley__"): value for name, value in row.items()} for row in rows]
    entries = [_entry(catalogue, row) for row in found]
    bodies = dict(Galley.objects.filter(page__in=[row["page"] for row in found[:WHOLE]]).values_list("page", "body"))
    return Feed(
        title="" if shelf.kind == Shelf.Kind.FRONT else shelf.title,
        home=shelf.path,
        updated=max((entry.updated for entry in entries), default=None),
        entries=_fitted(entries, [bodies.get(row["page"], "") for row in found[:WHOLE]]),
    )


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


def _fitted(entries: list[Entry], bodies: list[str]) -> tuple[Entry, ...]:
    """All of them in short; then the newest whole while there is room; then standfirsts while there is room."""
    box = Box(FEED_BYTES)
    short = [replace(entry, standfirst="") for entry in entries if box.take(_in_short(entry))]
    whole = 0
    for entry, body in zip(entries, bodies, strict=False):
        if not (body and box.take(escape(f"{entry.standfirst}{body}"))):
            break
        short[whole] = replace(entry, body=body)
        whole += 1
    for place in range(whole, len(short)):
        if not box.take(escape(entries[place].standfirst)):
            break
        short[place] = entries[place]
    return tuple(short)


def _in_short(entry: Entry) -> str:
    address = settings.NEWSROOM.paper.address
    times = f"{entry.published.isoformat()}{entry.updated.isoformat()}"
    return f"{_AROUND}{entry.id}{escape(entry.headline)}{address}{entry.path}{times}{' '.join(entry.authors)}"
