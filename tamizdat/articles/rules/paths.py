"""Where things stand in the paper, and the mark that lets a renderer make links relative."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from tamizdat.months import Month

# A link into the paper is stored as `="site:/…`. Text cannot hold this: its quotation marks are escaped.
MARK = '="site:/'

SITEMAP, ROBOTS, REDIRECTS = "/sitemap.xml", "/robots.txt", "/redirects.json"
PICTURES = "/pictures/"
AUTHORS, TOPICS, PLACES = "authors", "topics", "places"
FEEDS = ("feed.xml", "rss.xml", "feed.json")  # Atom, RSS 2.0, JSON Feed 1.1
TAKEN = frozenset(
    {
        "authors",
        "topics",
        "pictures",
        "support",
        "remind",
        "desk",
        "events",
        "static",
        "media",
        "years",
        "feeds",
    }
)
_STRETCH = re.compile(
    r"(?P<shelf>/(?:.*?/)??)(?:(?P<year>(?!0000)\d{4})/(?:(?P<month>0[1-9]|1[0-2])/)?)?(?:(?P<page>[2-9]|[1-9]\d{1,3})/)?"
)
_SITEMAP = re.compile(r"(?P<front>/(?:.*/)?)sitemap-(?P<what>\d{4}|places)-(?P<page>[1-9]\d{0,3})\.xml")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a list: of a year, of a month, or of the whole when it has neither; `page` counts from 1.

    "/topics/ice/2024/10/" is read as a month; on a list that goes by years it is the tenth page of 2024.
    """

    shelf: str
    year: int | None = None
    month: Month | None = None
    page: int = 1

    @property
    def path(self) -> str:
        year = f"{self.year:04}/" if self.year else ""
        month = f"{self.month.number:02}/" if self.month else ""
        page = f"{self.page}/" if self.page > 1 else ""
        return self.shelf + year + month + page

    def by_year(self) -> Stretch:
        """The same path on a list whose years are not divided into months."""
        if self.month is None:
            return self
        return Stretch(self.shelf, self.year, page=self.month.number if self.page == 1 else 0)


def site_path(url_path: str, *, default: str) -> str:
    """A page's path from the path in Wagtail's tree, where each language is a tree of its own.

    The default language stands at the root: "/en/news/storm/" is "/news/storm/"; "/ru/news/" stays.
    """
    return url_path.removeprefix(f"/{default}") if url_path.startswith(f"/{default}/") else url_path


def month_path(shelf: str, month: Month) -> str:
    """Where a list's articles of one month stand."""
    return Stretch(shelf, month.year, month).path


def year_path(shelf: str, year: int) -> str:
    return Stretch(shelf, year).path


def pages_of(path: str, count: int) -> frozenset[str]:
    """A list's first page and those that it goes on at."""
    return frozenset({path, *(f"{path}{page}/" for page in range(2, count + 1))})


def parse_stretch(path: str) -> Stretch | None:
    """The part of a list that a path names, or None when it names none."""
    found = _STRETCH.fullmatch(path)
    if not found:
        return None
    year, page = int(found["year"] or 0) or None, int(found["page"] or 1)
    if year and found["month"]:
        return Stretch(found["shelf"], year, Month(year, int(found["month"])), page)
    return Stretch(found["shelf"], year, page=page)


def feed_path(shelf: str) -> str:
    return shelf + FEEDS[0]


def feed_paths(shelves: Iterable[str]) -> frozenset[str]:
    """Every feed of these lists, in every format."""
    return frozenset(shelf + name for shelf in shelves for name in FEEDS)


def topics_path(front: str) -> str:
    """Where a language lists its topics."""
    return f"{front}{TOPICS}/"


def news_path(front: str) -> str:
    """Where a language's newest articles are listed for search engines of news."""
    return f"{front}sitemap-news.xml"


def sitemap_path(front: str, what: str, page: int) -> str:
    """A part of a language's sitemap: of a year's articles ("2024"), or of its PLACES."""
    return f"{front}sitemap-{what}-{page}.xml"


def parse_sitemap_path(path: str) -> tuple[str, str, int] | None:
    """The language's front page, what of it, and the part that a sitemap's path names."""
    found = _SITEMAP.fullmatch(path)
    return (found["front"], found["what"], int(found["page"])) if found else None


def not_found_path(front: str) -> str:
    return f"{front}404.html"


def stub_path(old: str) -> str | None:
    """Where the page that leads on from an old address stands; None when no file can stand there.

    `old` is without a slash at its end, as redirects are kept.
    """
    if "?" in old or ";" in old or ".." in old:
        return None
    if "." not in old.rpartition("/")[2]:
        return old.rstrip("/") + "/"
    return old if old.endswith(".html") else None


def refused_slug(slug: str, *, is_at_root: bool, languages: frozenset[str]) -> str | None:
    """Why a section, plain page or article may not be called this; None when it may."""
    if re.fullmatch(r"\d{1,4}", slug):
        return f"“{slug}” is where a year or a further page stands; add a word, like “{slug}-review”."
    if is_at_root and slug in TAKEN:
        return f"“{slug}” is an address that the paper itself uses; choose another word."
    if is_at_root and slug in languages:
        return f"“{slug}” is where a language stands; choose another word."
    return None


def marked(path: str) -> str:
    """A site path as it stands in stored HTML, with its mark; a picture inside a preview stays as it is."""
    return path if path.startswith("data:") else f"site:{quote(path, safe='/#%')}"


def safe_link(href: str, *, paper: str) -> str | None:
    """A link as stored HTML may hold it: marked when it leads into the paper, None when it leads nowhere.

    Only http, https and mailto leave the paper; `javascript:` and the like are refused.
    """
    href = "".join(href.split())
    if href == paper or href.startswith(f"{paper}/"):
        return marked(href.removeprefix(paper) or "/")
    if href.startswith("/") and not href.startswith("//"):
        return marked(href)
    if href.startswith("#"):
        return href
    try:
        scheme = urlsplit(href).scheme.lower()
    except ValueError:
        return None
    return href if scheme in {"http", "https", "mailto"} else None
