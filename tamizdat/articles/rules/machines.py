"""What the sheets that machines read hold: feeds, sitemaps and the like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tamizdat.articles.rules.after import Correction, Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as a feed carries it: whole, or without `body`, or without `standfirst` too where room is short.

    `id` never changes, even when the article moves. `continues` is where the second part of a long article stands;
    `body` is then its first. Notes and corrections go with the body.
    """

    id: str
    path: str
    headline: str
    standfirst: str
    authors: tuple[str, ...]
    published: datetime
    updated: datetime
    body: str = ""
    continues: str = ""
    notes: tuple[Note, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    title: str  # of the section; "" is the whole paper
    home: str
    updated: datetime | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Place:
    path: str
    updated: datetime | None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A part of a language's sitemap: some of its places."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """Where the parts stand, in every language."""

    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An article of the last two days, for search engines of news."""

    path: str
    headline: str
    published: datetime


@dataclass(frozen=True, slots=True)
class NewsSitemap:
    articles: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class Robots:
    sitemaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Redirects:
    """Every redirect: old site path to target."""

    targets: dict[str, str]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """Where the bytes of a picture lie, below the media folder."""

    file: str
