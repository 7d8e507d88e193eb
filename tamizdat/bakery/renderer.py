"""The one renderer: bake, preview and benchmark call it, never the request stack."""

import json
from collections import defaultdict
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.template import engines
from django.utils import translation
from markupsafe import Markup, escape

from tamizdat.articles import queries as articles
from tamizdat.articles.rules.dividing import blocks
from tamizdat.articles.rules.machines import PictureFile, Redirects
from tamizdat.articles.rules.paths import MARK
from tamizdat.articles.rules.sheets import Article, Kind, Sheet
from tamizdat.asks import queries as asks
from tamizdat.asks.rules.asks import Deck
from tamizdat.asks.rules.audiences import Place
from tamizdat.asks.rules.slots import Slots
from tamizdat.bakery.rules import way_up
from tamizdat.reader.casting import Foundry

TEMPLATES = {
    Kind.FRONT: "front.html",
    Kind.ARTICLE: "article.html",
    Kind.LISTING: "listing.html",
    Kind.PLAIN: "plain.html",
    Kind.COSTS: "plain.html",
    Kind.PRIVACY: "plain.html",
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

    def __init__(self, asking: asks.Asking | None = None) -> None:
        self._foundry: Foundry = engines["reader"].env.cast
        self._in_language = cache(self._foundry.in_language)
        self.asking = asking or asks.Asking.read()
        self._slots = cache(self._asked)
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
        top = _top(sheet)
        slots = self._slots_of(sheet)
        context: dict[str, Any] = {
            **self._foundry.globals,
            **self._in_language(sheet.language),
            "sheet": sheet,
            "language": sheet.language,
            "to": partial(_led, top=top),
            "asks": slots,
            "deck": Markup(slots.deck.said),  # noqa: S704  JSON, safe inside a script element
            "body": partial(_with_links, top=top),
            "halves": partial(_halves, top=top),
        }
        parts = self._kept[sheet.kind, sheet.language, slots.deck.said, sheet.is_recent, top]
        context["shared"] = partial(self._shared, context, parts)
        return self._foundry.fill(TEMPLATES[sheet.kind], context)

    def deck(self, sheet: Sheet) -> Deck:
        """What a page holds of the asks, and why it does not hold the others."""
        with translation.override(sheet.language):
            return self._slots_of(sheet).deck

    def _slots_of(self, sheet: Sheet) -> Slots:
        return self._slots(self.asking.board.alike(_place(sheet)), sheet.is_recent)

    def _asked(self, place: Place, is_recent: bool) -> Slots:
        """What a page asks with, in the language in force; placeholders of its wordings are filled as templates are."""
        money, figure = self._foundry.filters["money"], self.asking.figure(place.kind, is_recent=is_recent)
        since = settings.NEWSROOM.paper.ad_free_since
        known = {
            **({"cost": money(self.asking.need)} if self.asking.need else {}),
            **({"gap": money(figure.gap)} if figure and figure.gap else {}),
            **({"date": self._foundry.filters["day"](since)} if since else {}),
        }
        return self.asking.slots(place, is_recent=is_recent, known={name: escape(said) for name, said in known.items()})

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


def _place(sheet: Sheet) -> Place:
    """What asks may ask of a page."""
    if not isinstance(sheet.page, Article):
        return Place(kind=sheet.kind.value, language=sheet.language, is_quiet=sheet.is_quiet)
    page = sheet.page
    return Place(
        kind=sheet.kind.value,
        language=sheet.language,
        about=frozenset(one.path for one in (page.section, *page.topics, *page.authors)),
        published=page.published.date(),
        words=page.word_count,
        is_quiet=sheet.is_quiet,
        is_last=page.part.is_last,
    )


def _top(sheet: Sheet) -> str:
    """How this sheet leads to the top of the paper: relative, except where it is read away from its place."""
    return f"{settings.NEWSROOM.paper.address}/" if sheet.kind in READ_ELSEWHERE else way_up(sheet.path)


def _led(path: str, *, top: str) -> str:
    """A link to a site path; an address elsewhere stays as it is."""
    return top + path[1:] if path.startswith("/") else path


def _with_links(html: str, *, top: str) -> Markup:
    """Stored HTML, safe already, with its marked links led the sheet's way."""
    return Markup(html.replace(MARK, f'="{top}'))  # noqa: S704  cleaned when saved


def _halves(html: str, after: int, *, top: str) -> tuple[Markup, Markup]:
    """A body up to the end of its paragraph `after`, and the rest: nothing when it has no more."""
    count, end = 0, 0
    for block in blocks(html):
        count += block.startswith("<p")
        end += len(block)
        if count == after:
            break
    return _with_links(html[:end], top=top), _with_links(html[end:], top=top)


def render(sheet: Sheet) -> bytes:
    """One sheet on its own."""
    return Renderer().render(sheet)


def preview(page: Any) -> bytes:
    """An unsaved page as it will be baked, asks included."""
    return render(articles.preview_sheet(page))
