"""What a sheet of the paper shows: plain values, ready for a template.

Paths are site paths ("/", "/news/", "/ru/news/storm/"); HTML is safe already and bears the mark of
`rules.paths` on its links, which the renderer turns into relative ones. Times are in the newsroom's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tamizdat.articles.rules.after import Correction, Note
from tamizdat.articles.rules.machines import (
    Feed,
    NewsSitemap,
    PictureFile,
    Redirects,
    Robots,
    Sitemap,
    SitemapIndex,
)
from tamizdat.articles.rules.parts import WHOLE, Part
from tamizdat.months import Month

RECENT = 200  # articles of the whole paper that carry the figure, newest first


class Kind(StrEnum):
    FRONT = "front"
    ARTICLE = "article"
    LISTING = "listing"
    PLAIN = "plain"
    COSTS = "costs"
    PRIVACY = "privacy"
    REDIRECT = "redirect"
    NOT_FOUND = "not_found"
    FEED = "feed"
    RSS = "rss"
    JSON_FEED = "json_feed"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap_index"
    NEWS = "news"
    ROBOTS = "robots"
    REDIRECTS = "redirects"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The same page in a language; a sheet's translations name itself too, in the newsroom's order."""

    language: str
    path: str


@dataclass(frozen=True, slots=True)
class MonthLink:
    month: Month
    path: str
    count: int = 0  # articles; only where a year is shown


@dataclass(frozen=True, slots=True)
class YearLink:
    year: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What every page of a language shows of the others."""

    front: str
    sections: tuple[Link, ...] = ()
    plain: tuple[Link, ...] = ()
    costs: str = ""
    feed: str = ""
    topics: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A WebP 800 wide and, where the original allows, one 1,600 wide (`large`, else "").

    `jpeg` is the smaller one for feeds, for other sites and for whoever knows no WebP; "" in a preview.
    """

    path: str
    width: int
    height: int
    large: str = ""
    jpeg: str = ""
    alt: str = ""
    credit: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An article as lists show it; an author's list may hold other languages than its own."""

    path: str
    language: str
    headline: str
    kicker: str
    standfirst: str
    published: datetime
    picture: Picture | None = None
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article, or one part of a long one. Only the last part has something to read after it.

    In a preview an article is whole, and `follows` holds the bodies of the parts that will stand on later pages.
    `first_publication` names the host where it was published first and leads there, out of the paper.
    `is_sensitive` is kept apart from silence: who asks in other ways must know it too.
    """

    headline: str
    kicker: str
    standfirst: str
    section: Link
    authors: tuple[Link, ...]
    topics: tuple[Link, ...]
    published: datetime
    updated: datetime | None  # only when a note says what was updated
    updated_note: str
    picture: Picture | None
    body: str
    notes: tuple[Note, ...] = ()
    corrections: tuple[Correction, ...] = ()
    first_publication: Link | None = None
    is_sensitive: bool = False
    word_count: int
    read_more: tuple[Card, ...]
    part: Part = WHOLE
    follows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    section: Link
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    tagline: str
    lead: Card | None
    seconds: tuple[Card, ...]
    strips: tuple[Strip, ...]
    months: tuple[MonthLink, ...]
    years: tuple[YearLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Which page of a list this is, and where the ones before and after it stand."""

    number: int = 1
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A section, topic or author with its newest articles, a year of it, or a month; on so many pages as it takes.

    `what` is "front", "section", "topic", "author", "authors" or "topics"; "front" lists a year or month of the
    whole paper, "authors" and "topics" list theirs as `links`. `parent` leads to the list that this is a part of.
    """

    what: str
    title: str
    intro: str = ""
    picture: Picture | None = None
    cards: tuple[Card, ...] = ()
    months: tuple[MonthLink, ...] = ()
    years: tuple[YearLink, ...] = ()
    links: tuple[Link, ...] = ()
    year: int | None = None
    month: Month | None = None
    parent: Link | None = None
    feed: str = ""
    leaf: Leaf = Leaf()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """About, imprint, privacy, costs and others; `what` says which. A long one has parts, as articles have."""

    what: str
    title: str
    body: str
    part: Part = WHOLE
    follows: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Redirect:
    """A page that has moved; `target` is a site path or a full address elsewhere."""

    target: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """What stands where nothing stands. Its links are full addresses: it is shown at any depth."""


Readable = Article | Front | Listing | Plain | Redirect | NotFound
Page = Readable | Feed | Sitemap | SitemapIndex | NewsSitemap | Robots | Redirects | PictureFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One file of the paper. `is_recent` says that it carries the figure, not only the need.

    A part of a long text has the translations of the whole: they lead to first pages.
    `is_quiet`: it asks for nothing, whatever else does.
    """

    path: str
    kind: Kind
    language: str
    page: Page
    masthead: Masthead
    translations: tuple[Translation, ...] = ()
    is_recent: bool = False
    is_quiet: bool = False
