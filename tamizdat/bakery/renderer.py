"""The one renderer: bake, preview and benchmark call it, never the request stack."""

import json
from collections import defaultdict
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.template import engines
from django.utils import translation
from markupsafe import Markup

from tamizdat.articles import queries as articles
from tamizdat.articles.rules.machines import PictureFile, Redirects
from tamizdat.articles.rules.paths import MARK
from tamizdat.articles.rules.sheets import Kind, Sheet
from tamizdat.asks import queries as asks
from tamizdat.asks.rules.slots import Slots
from tamizdat.bakery.rules import way_up
from tamizdat.reader.casting import Foundry

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
# What of the sheet a part may show, besides the asks and the way up: pages that agree in these share it.
Key = tuple[object, ...]
MOST_KEPT = 1000


class Renderer:
    """Renders sheets; asks the database once for each kind of page, and keeps the parts that pages share."""

    def __init__(self) -> None:
        self._foundry: Foundry = engines["reader"].env.cast
        self._in_language = cache(self._foundry.in_language)
        self._slots: Callable[..., Slots] = cache(asks.slots)
        self._kept: defaultdict[Key, dict[Key, Markup]] = defaultdict(dict)

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
        top, known = _top(sheet), {"is_recent": sheet.is_recent, "is_quiet": sheet.is_quiet}
        context: dict[str, Any] = {
            **self._foundry.globals,
            **self._in_language(sheet.language),
            "sheet": sheet,
            "language": sheet.language,
            "to": partial(_led, top=top),
            "asks": self._slots(sheet.kind.value, language=sheet.language, **known),
            "body": partial(_with_links, top=top),
        }
        parts = self._kept[sheet.kind, sheet.language, *known.values(), top]
        context["shared"] = partial(self._shared, context, parts)
        return self._foundry.fill(TEMPLATES[sheet.kind], context)

    def _shared(
        self, context: dict[str, Any], parts: dict[Key, Markup], name: str, *more: object, **values: object
    ) -> Markup:
        """A template that looks alike on all pages of a kind, language and depth: rendered once for all of them.

        It may use of the sheet only what they agree in and `more` holds, and it is given `values`.
        """
        key = (name, *more, *values.items())
        made = parts.get(key)
        if made is None:
            if len(parts) >= MOST_KEPT:
                parts.clear()
            part = self._foundry.fill(f"parts/{name}.html", {**context, **values})
            made = parts[key] = Markup(part)  # noqa: S704  ours, escaped where it shows values
        return made


def _top(sheet: Sheet) -> str:
    """How this sheet leads to the top of the paper: relative, except where it is read away from its place."""
    return f"{settings.NEWSROOM.paper.address}/" if sheet.kind in READ_ELSEWHERE else way_up(sheet.path)


def _led(path: str, *, top: str) -> str:
    """A link to a site path; an address elsewhere stays as it is."""
    return top + path[1:] if path.startswith("/") else path


def _with_links(html: str, *, top: str) -> Markup:
    """Stored HTML, safe already, with its marked links led the sheet's way."""
    return Markup(html.replace(MARK, f'="{top}'))  # noqa: S704  cleaned when saved


def render(sheet: Sheet) -> bytes:
    """One sheet on its own."""
    return Renderer().render(sheet)


def preview(page: Any) -> bytes:
    """An unsaved page as it will be baked, asks included."""
    return render(articles.preview_sheet(page))
