"""Where things stand in the paper, and the mark that lets a renderer make links relative."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from tamizdat.months import Month

# A link into the paper is stored as `="site:/…`. Text cannot hold this: its quotation marks are escaped.
MARK = '="site:/'

SITEMAP, ROBOTS, REDIRECTS = "/sitemap.xml", "/robots.txt", "/redirects.json"
AUTHORS = "authors"
PICTURES = "/pictures/"
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
_MONTH = re.compile(r"(?P<shelf>/(?:.*/)?)(?P<year>\d{4})/(?P<number>0[1-9]|1[0-2])/")


def site_path(url_path: str, *, default: str) -> str:
    """A page's path from the path in Wagtail's tree, where each language is a tree of its own.

    The default language stands at the root: "/en/news/storm/" is "/news/storm/"; "/ru/news/" stays.
    """
    return url_path.removeprefix(f"/{default}") if url_path.startswith(f"/{default}/") else url_path


def month_path(shelf: str, month: Month) -> str:
    """Where a list's articles of one month stand."""
    return f"{shelf}{month.year:04}/{month.number:02}/"


def parse_month_path(path: str) -> tuple[str, Month] | None:
    """The list and the month that a path names, or None when it names no month."""
    found = _MONTH.fullmatch(path)
    if not found or found["year"] == "0000":
        return None
    return found["shelf"], Month(int(found["year"]), int(found["number"]))


def feed_path(shelf: str) -> str:
    return f"{shelf}feed.xml"


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
    if re.fullmatch(r"\d{4}", slug):
        return f"“{slug}” is where the articles of a year stand; add a word, like “{slug}-review”."
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
