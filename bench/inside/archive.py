"""Writes an archive into the newsroom that this process stands in: the same articles for the same number.

Four languages, sixteen articles a day: the more articles, the more years, so that lists grow as a newspaper's do.
Every article is set as publishing sets it; only its rows are written many at a time, and what is read after it is
chosen by its topic alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from bench.archive import LANGUAGES, SEED
from bench.prose import paragraphs
from tamizdat.articles import read_more, shelving, typeset
from tamizdat.articles.laying import lay_paper
from tamizdat.articles.models import (
    ArticlePage,
    AuthorPage,
    AuthorsPage,
    Byline,
    FrontPage,
    Galley,
    ReadMore,
    SectionPage,
    Shelf,
    Topic,
)

SECTIONS, TOPICS, AUTHORS = 6, 24, 20  # of each language
WORDS = 600
NEWEST = datetime(2026, 6, 30, 12, tzinfo=UTC)
APART = timedelta(minutes=90)
TRANSLATED = 10  # every tenth story stands in all languages
READ_MORE = 4
AT_ONCE = 500

ON_THE_DESK = [one.name for one in Page._meta.concrete_fields]


@dataclass
class Desk:
    """One language's places."""

    language: str
    locale: Locale
    sections: list[SectionPage] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    authors: list[AuthorPage] = field(default_factory=list)
    on_topics: dict[int, list[int]] = field(default_factory=dict)  # articles, oldest first


def make(count: int) -> None:
    """Lay the paper, furnish its languages and write so many articles, oldest first."""
    with disable_reference_index_auto_update():
        with transaction.atomic():
            lay_paper(languages=LANGUAGES)
            desks = {language: _furnished(language) for language in LANGUAGES}
        coming = _articles(list(desks.values()), count)
        while some := list(islice(coming, AT_ONCE)):
            _write(some, desks)
            print(f"\r{some[-1].slug} of {count}", end="", file=sys.stderr)
    for desk in desks.values():
        for section in desk.sections:
            SectionPage.objects.filter(pk=section.pk).update(numchild=section.numchild)
    for shelf in Shelf.objects.all():
        shelving.fill(shelf)


def _furnished(language: str) -> Desk:
    random = Random(f"{SEED} {language}")
    front = FrontPage.objects.get(locale__language_code=language)
    people = AuthorsPage.objects.child_of(front).get()
    desk = Desk(language, Locale.objects.get(language_code=language))
    for number in range(SECTIONS):
        desk.sections.append(SectionPage(title=_title(random, language, 1), slug=f"section-{number}"))
        _publish(front, desk.sections[-1], desk.locale)
    for number in range(AUTHORS):
        bio = f"<p>{_said(random, language, 30)}</p>"
        desk.authors.append(AuthorPage(title=_title(random, language, 2), slug=f"author-{number}", bio=bio))
        _publish(people, desk.authors[-1], desk.locale)
    for number in range(TOPICS):
        name = _title(random, language, 2)
        desk.topics.append(Topic.objects.create(name=name, slug=f"topic-{number}", locale=desk.locale))
    return desk


def _publish(parent: Page, page: Page, locale: Locale) -> None:
    page.live, page.locale = False, locale
    parent.add_child(instance=page)
    page.save_revision().publish()


def _articles(desks: list[Desk], count: int) -> Iterator[ArticlePage]:
    """Articles with all that belongs to them, not saved."""
    first = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    for number in range(count):
        story, place = divmod(number, len(desks))
        key = UUID(int=story if story % TRANSLATED == 0 else count + number)
        when = NEWEST - APART * (count - 1 - number)
        yield _article(desks[place], first + number, key, when)


def _article(desk: Desk, pk: int, key: UUID, when: datetime) -> ArticlePage:
    random, language = Random(f"{SEED} {pk}"), desk.language
    section = random.choice(desk.sections)
    section.numchild += 1
    headline, slug = _title(random, language, 8), f"story-{pk}"
    body = [("paragraph", f"<p>{text}</p>") for text in paragraphs(random, language, WORDS)]
    body.insert(len(body) // 2, ("heading", _title(random, language, 5)))
    page = ArticlePage(
        id=pk,
        page_ptr_id=pk,
        path=Page._get_path(section.path, section.depth + 1, section.numchild),
        depth=section.depth + 1,
        url_path=f"{section.url_path}{slug}/",
        slug=slug,
        title=headline,
        draft_title=headline,
        locale=desk.locale,
        content_type=ContentType.objects.get_for_model(ArticlePage),
        translation_key=key,
        first_published_at=when,
        last_published_at=when,
        kicker=_title(random, language, 1)[:60],
        standfirst=_said(random, language, 24),
        body=body,
    )
    page.bylines = [Byline(author=one) for one in random.sample(desk.authors, random.choice((1, 1, 2)))]
    page.topics = random.sample(desk.topics, 2)
    page._cached_parent_obj = section  # as the tree remembers whom a page was added to
    return page


def _title(random: Random, language: str, words: int) -> str:
    return _said(random, language, words).rstrip(".。")


def _said(random: Random, language: str, words: int) -> str:
    return paragraphs(random, language, words)[0]


@transaction.atomic
def _write(pages: list[ArticlePage], desks: dict[str, Desk]) -> None:
    """These articles on the desk and in the paper."""
    Page.objects.bulk_create(Page(**{name: getattr(page, name) for name in ON_THE_DESK}) for page in pages)
    for page in pages:
        page.save_base(raw=True, force_insert=True)  # its own table only; the tree's rows are there
    Byline.objects.bulk_create(
        Byline(page_id=page.pk, author=one.author, sort_order=place)
        for page in pages
        for place, one in enumerate(page.bylines.all())
    )
    about = ArticlePage.topics.through
    about.objects.bulk_create(
        about(articlepage_id=page.pk, topic_id=topic.pk) for page in pages for topic in page.topics.all()
    )
    rows = [typeset.galley(page).row for page in pages]
    Galley.objects.bulk_create(rows)
    read_more.key(rows)
    ReadMore.objects.bulk_create(
        ReadMore(galley=row, named_id=named, position=place)
        for row in rows
        for place, named in enumerate(_read_after(row, desks[row.language]))
    )


def _read_after(row: Any, desk: Desk) -> list[int]:
    """The articles that came before it on its first topic, newest first."""
    there = desk.on_topics.setdefault(row.topics[0], [])
    chosen = there[: -READ_MORE - 1 : -1]
    there.append(row.page_id)
    return chosen
