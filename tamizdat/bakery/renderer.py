"""The one renderer: bake, preview and benchmark call it, never the request stack."""

import json
import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.template import engines
from django.utils import translation
from jinja2 import Environment
from markupsafe import Markup

from tamizdat.articles import queries as articles
from tamizdat.articles.rules.machines import PictureFile, Redirects
from tamizdat.articles.rules.paths import MARK
from tamizdat.articles.rules.sheets import Kind, Sheet
from tamizdat.asks import queries as asks
from tamizdat.asks.rules import Slots
from tamizdat.bakery.rules import relative

TEMPLATES = {
    Kind.FRONT: "front.html",
    Kind.ARTICLE: "article.html",
    Kind.LISTING: "listing.html",
    Kind.PLAIN: "plain.html",
    Kind.COSTS: "plain.html",
    Kind.REDIRECT: "redirect.html",
    Kind.NOT_FOUND: "not_found.html",
    Kind.FEED: "feed.xml",
    Kind.RSS: "rss.xml",
    Kind.JSON_FEED: "feed.json",
    Kind.SITEMAP: "sitemap.xml",
    Kind.SITEMAP_INDEX: "sitemap_index.xml",
    Kind.NEWS: "sitemap_news.xml",
    Kind.ROBOTS: "robots.txt",
}
READ_ELSEWHERE = frozenset({Kind.FEED, Kind.RSS, Kind.JSON_FEED, Kind.NOT_FOUND})
_LINK = re.compile(re.escape(MARK[:-1]) + r"(/[^\"]*)\"")


class Renderer:
    """Renders sheets; asks the database once for each kind of page, not for each page."""

    def __init__(self) -> None:
        self._templates: Environment = engines["reader"].env
        self._slots: Callable[..., Slots] = cache(asks.slots)

    def render(self, sheet: Sheet) -> bytes:
        """A sheet as the bytes of its file: the same sheet and the same asks give the same bytes."""
        match sheet.page:
            case PictureFile(file=file):
                return (settings.MEDIA_ROOT / file).read_bytes()
            case Redirects(targets=targets):
                return json.dumps(targets, ensure_ascii=False, sort_keys=True).encode()
        with translation.override(sheet.language):
            return self._fill(sheet).encode()

    def _fill(self, sheet: Sheet) -> str:
        lead = _lead(sheet)
        context: dict[str, Any] = {
            "sheet": sheet,
            "language": sheet.language,
            "to": lead,
            "asks": self._slots(sheet.kind.value, language=sheet.language, is_recent=sheet.is_recent),
            "body": partial(_with_links, lead=lead),
        }
        return self._templates.get_template(TEMPLATES[sheet.kind]).render(context)


def _lead(sheet: Sheet) -> Callable[[str], str]:
    """How this sheet links to a site path: relative, except where it is read away from its place."""
    if sheet.kind in READ_ELSEWHERE:
        return lambda path: settings.NEWSROOM.paper.address + path
    return lambda path: relative(path, start=sheet.path) if path.startswith("/") else path


def _with_links(html: str, *, lead: Callable[[str], str]) -> Markup:
    """Stored HTML, safe already, with its marked links led the sheet's way."""
    return Markup(_LINK.sub(lambda found: f'="{_anchored(found[1], lead)}"', html))  # noqa: S704  cleaned when saved


def _anchored(path: str, lead: Callable[[str], str]) -> str:
    path, mark, place = path.partition("#")
    return lead(path) + mark + place


def render(sheet: Sheet) -> bytes:
    """One sheet on its own."""
    return Renderer().render(sheet)


def preview(page: Any) -> bytes:
    """An unsaved page as it will be baked, asks included."""
    return render(articles.preview_sheet(page))
