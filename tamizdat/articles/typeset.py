"""From what editors write to rows of the paper, not yet saved: for publishing and for the preview alike."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from tamizdat.articles import pictures
from tamizdat.articles.body import Setter, text
from tamizdat.articles.models import (
    ArticlePage,
    AuthorPage,
    AuthorsPage,
    FrontPage,
    Galley,
    PlainPage,
    SectionPage,
    Shelf,
    Topic,
)
from tamizdat.articles.models.printable import Printable
from tamizdat.articles.pictures import Plates
from tamizdat.articles.rules.dividing import divided
from tamizdat.articles.rules.notes import named
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom

SHELVES: dict[type[Printable], str] = {
    FrontPage: Shelf.Kind.FRONT,
    SectionPage: Shelf.Kind.SECTION,
    AuthorPage: Shelf.Kind.AUTHOR,
    AuthorsPage: Shelf.Kind.AUTHORS,
}
# Bytes, packed, for a part of a text and what its page says of it: 11,000 on the wire, less 400 of headers, 5,900 of
# style, scripts, masthead, notice and foot in the heaviest language, 650 of what only machines read, and 700 that
# editors' own asks may take.
# The last part's page holds appeal, figure and "read more" too.
ROOM, ENDING = 3350, 700
GIST_LETTERS = 1200  # of the body; more adds nothing to likeness
Row = TypeVar("Row", Galley, Shelf)


@dataclass(frozen=True)
class Proof(Generic[Row]):
    """A row of the paper with the pictures made for it and the pages it links to."""

    row: Row
    setter: Setter

    @property
    def files(self) -> dict[str, str]:
        return self.setter.plates.files


def standing_at(page: int) -> str | None:
    """Where a page stands in the paper, or None when it does not."""
    return (
        Galley.objects.filter(page=page).values_list("path", flat=True).first()
        or Shelf.objects.exclude(kind=Shelf.Kind.TOPIC).filter(source_id=page).values_list("path", flat=True).first()
    )


def galley(page: ArticlePage | PlainPage, *, is_preview: bool = False) -> Proof[Galley]:
    """Set an article or a plain page as it is now, draft or not."""
    setter = _setter(is_preview)
    row = _article(page, setter) if isinstance(page, ArticlePage) else _plain(page, setter)
    divide(row)
    return Proof(row, setter)


def divide(row: Galley) -> None:
    """Leave in its body what one page of the paper has room for; the rest follows in parts."""

    def with_notes(piece: str) -> str:
        return piece + "".join(row.notes[number - 1] for number in named(piece))

    row.body, *row.rest = divided(row.body, room=ROOM, ending=ENDING, beside=_beside(row), said=with_notes)
    row.parts = 1 + len(row.rest)


def shelf(source: Printable | Topic, *, is_preview: bool = False) -> Proof[Shelf]:
    """Set a front page, section, author or topic as it is now, draft or not."""
    setter = _setter(is_preview)
    return Proof(_topic(source, setter) if isinstance(source, Topic) else _place(source, setter), setter)


def _setter(is_preview: bool) -> Setter:
    return Setter(settings.NEWSROOM.paper.address, standing_at, Plates(is_preview=is_preview))


def _article(page: ArticlePage, setter: Setter) -> Galley:
    row = _galley(page, Galley.Kind.ARTICLE, setter)
    bylines = [byline.author for byline in page.bylines.select_related("author") if byline.author_id]
    row.section = page.get_parent().pk
    row.authors = _in_language(Shelf.Kind.AUTHOR, bylines, page)
    row.topics = _in_language(Shelf.Kind.TOPIC, page.topics.all(), page)
    row.kicker, row.standfirst, row.updated_note = page.kicker, page.standfirst, page.updated_note
    row.first_publication, row.has_no_asks, row.is_sensitive = (
        page.first_publication,
        page.has_no_asks,
        page.is_sensitive,
    )
    row.corrections = [
        {"dated": one.dated.isoformat(), "text": one.text}
        for one in sorted(page.corrections.all(), key=lambda one: one.dated, reverse=True)
    ]
    if page.picture:
        words = {
            "alt": page.picture_alt,
            "credit": page.picture_credit,
            "caption": page.picture_caption,
        }
        row.picture = setter.plates.picture(page.picture, pictures.STRIP, words)
    words_of_body = text(row.body)
    row.word_count = len(words_of_body.split())
    row.gist = " ".join([page.kicker, page.title, page.standfirst, words_of_body[:GIST_LETTERS]])
    return row


def _beside(row: Galley) -> str:
    """What a page says of a text beside its body."""
    return json.dumps(
        [row.headline, row.kicker, row.standfirst, row.updated_note, row.picture, row.corrections], ensure_ascii=False
    )


def _plain(page: PlainPage, setter: Setter) -> Galley:
    row = _galley(page, Galley.Kind.PLAIN, setter)
    row.what = page.what
    return row


def _galley(page: ArticlePage | PlainPage, kind: str, setter: Setter) -> Galley:
    published = getattr(page, "dated", None) or page.first_published_at or timezone.now()
    body = setter.body(page.body, language=page.locale.language_code)
    return Galley(
        page_id=page.pk,
        kind=kind,
        language=page.locale.language_code,
        path=page.site_path,
        order=page.path if kind == Galley.Kind.PLAIN else "",
        translation_key=page.translation_key,
        revision_id=page.live_revision_id,
        headline=page.title,
        body=body,
        notes=setter.notes,
        published=published,
        month=str(_month(published)),
        updated=max(page.last_published_at or published, published),
    )


def _month(when: datetime) -> Month:
    return Month.of(newsroom.today(when))


def _place(page: Printable, setter: Setter) -> Shelf:
    row = Shelf(
        kind=SHELVES[type(page)],
        source_id=page.pk or 0,
        language=page.locale.language_code,
        path=page.site_path,
        title=page.title,
        order=page.path if isinstance(page, FrontPage | SectionPage) else "",
        translation_key=page.translation_key,
        revision_id=page.live_revision_id,
    )
    if isinstance(page, FrontPage):
        row.chosen = [one.article_id for one in page.chosen.all()]
    if isinstance(page, SectionPage):
        row.intro = setter.rich(page.intro)
    if isinstance(page, AuthorPage):
        row.intro = setter.rich(page.bio)
        if page.picture:
            row.picture = setter.plates.picture(page.picture, pictures.WHOLE, {"alt": page.title})
    return row


def _topic(topic: Topic, setter: Setter) -> Shelf:
    return Shelf(
        kind=Shelf.Kind.TOPIC,
        source_id=topic.pk,
        language=topic.locale.language_code,
        path=topic.site_path,
        title=topic.name,
        intro=setter.rich(topic.intro),
        translation_key=topic.translation_key,
    )


def _in_language(kind: str, found: Iterable[AuthorPage | Topic], page: Page) -> list[int]:
    """The ids of authors or topics, each in the article's own language where its translation is in the paper."""
    there = list(found)
    foreign = [one.translation_key for one in there if one.locale_id != page.locale_id]
    ours = Shelf.objects.filter(kind=kind, language=page.locale.language_code, translation_key__in=foreign)
    local = dict(ours.values_list("translation_key", "source_id")) if foreign else {}
    return list(dict.fromkeys(int(local.get(one.translation_key) or one.pk) for one in there))
