"""What a sheet of the paper shows: plain values, ready for a template.

Paths are site paths ("/", "/news/", "/ru/news/storm/"); HTML is safe already and bears the mark of
`rules.paths` on its links, which the renderer turns into relative ones. Times are in the newsroom's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tamizdat.articles.rules.parts import WHOLE, Part
from tamizdat.months import Month

RECENT = 200  # articles of the whole paper that carry the figure, newest first


class Kind(StrEnum):
    FRONT = "front"
    ARTICLE = "article"
    LISTING = "listing"
    PLAIN = "plain"
    COSTS = "costs"
    REDIRECT = "redirect"
    NOT_FOUND = "not_found"
    FEED = "feed"
    SITEMAP = "sitemap"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What every page of a language shows of the others."""

    front: str
    sections: tuple[Link, ...] = ()
    plain: tuple[Link, ...] = ()
    costs: str = ""
    feed: str = ""


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


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. Its mark in the body has the id `mark-NUMBER` and leads to `#note-NUMBER`."""

    number: int
    html: str


@dataclass(frozen=True, slots=True)
class Correction:
    dated: date
    text: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A section, topic or author with its newest articles, or with all of one month.

    `what` is "front", "section", "topic", "author" or "authors"; "front" lists a month of the whole paper and
    "authors" lists people as `links`. `parent` is set on month lists and leads to the list without a month.
    """

    what: str
    title: str
    intro: str = ""
    picture: Picture | None = None
    cards: tuple[Card, ...] = ()
    months: tuple[MonthLink, ...] = ()
    links: tuple[Link, ...] = ()
    month: Month | None = None
    parent: Link | None = None
    feed: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as a feed carries it: whole, or its first part. `id` never changes, even when the article moves.

    `continues` is where the second part of a long article stands, "" when there is none.
    """

    id: str
    path: str
    headline: str
    standfirst: str
    authors: tuple[str, ...]
    published: datetime
    updated: datetime
    picture: Picture | None
    body: str
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
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Robots:
    sitemap: str


@dataclass(frozen=True, slots=True)
class Redirects:
    """Every redirect: old site path to target."""

    targets: dict[str, str]


@dataclass(frozen=True, slots=True)
class PictureFile:
    """Where the bytes of a picture lie, below the media folder."""

    file: str


Page = Article | Front | Listing | Plain | Redirect | NotFound | Feed | Sitemap | Robots | Redirects | PictureFile


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
