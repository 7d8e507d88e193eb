"""A desk at which somebody edits a small paper at random, through what Wagtail itself calls when an editor does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from django.db.models import QuerySet
from wagtail.models import Locale, Page

from bench.prose import paragraphs
from tamizdat.articles import actions
from tamizdat.articles.models import ArticlePage, AuthorPage, AuthorsPage, Byline, FrontPage, SectionPage, Topic
from tamizdat.articles.tests.conftest import draw, publish, published

LANGUAGES = ("en", "ru", "ar")
FIRST_DAY, DAYS = datetime(2025, 11, 3, 9, tzinfo=UTC), 200
P = TypeVar("P", bound=Page)


class NothingToEdit(Exception):
    """There is nothing that this could be done to."""


@dataclass
class Desk:
    """What it does depends on `chance` alone."""

    chance: Random
    today: date = FIRST_DAY.date() + timedelta(days=DAYS)
    names: Iterator[int] = field(default_factory=lambda: iter(range(1, 100_000)))

    def furnish(self, *, articles: int) -> None:
        """A paper of three languages with sections, authors and topics, and articles in them."""
        actions.lay_paper(languages=LANGUAGES)
        self.pictures = [draw(colour=colour) for colour in ("teal", "olive", "coral")]
        for front in FrontPage.objects.all():
            self.section(under=front)
            for _ in range(2):
                self.author(under=AuthorsPage.objects.child_of(front).get())
        for language in LANGUAGES:
            self.topic(language)
            self.topic(language)
        for _ in range(articles):
            self.article()

    def some(self, model: type[P], **conditions: object) -> P:
        """One page of a kind that is in the paper."""
        return self.one_of(model.objects.live().filter(**conditions))

    def one_of(self, rows: QuerySet[Any]) -> Any:
        there = list(rows.order_by("pk"))
        if not there:
            raise NothingToEdit
        return self.chance.choice(there)

    def few(self, rows: QuerySet[Any], most: int) -> list[Any]:
        there = list(rows.order_by("pk"))
        return self.chance.sample(there, min(len(there), self.chance.randint(0, most)))

    def name(self, what: str) -> tuple[str, str]:
        """A title that nothing else has, and its slug."""
        number = next(self.names)
        return f"{what} {number} {self.words(2)}", f"{what.lower()}-{number}"

    def words(self, count: int, language: str = "en") -> str:
        return paragraphs(self.chance, language, count)[0].rstrip(".。")

    def day(self) -> datetime:
        """In the past; now and then of the last days."""
        hours = self.chance.choice([24 * DAYS, 24 * DAYS, 60])
        last = datetime.combine(self.today, FIRST_DAY.time(), UTC)
        return last - timedelta(hours=self.chance.randrange(hours))

    def body(self, page: Page | None = None) -> list[tuple[str, Any]]:
        """A short text or a long one in several parts; perhaps with a link, footnotes or pictures."""
        language, dice = page.locale.language_code if page else "en", self.chance
        blocks: list[tuple[str, Any]] = [
            ("paragraph", f"<p>{text}</p>")
            for text in paragraphs(dice, language, dice.choice([60, 60, 120, 400, 2500, 6000]))
        ]
        others = ArticlePage.objects.order_by("pk")
        if others and dice.random() < 0.4:
            link = f'<p><a linktype="page" id="{self.one_of(others).pk}">Read this</a> too</p>'
            blocks.insert(dice.randrange(len(blocks) + 1), ("paragraph", link))
        if dice.random() < 0.2:
            blocks += [("paragraph", "<p>So they say[1].</p>"), ("notes", [f"<p>{self.words(9, language)}</p>"])]
        if dice.random() < 0.2:
            blocks.insert(0, ("picture", self._shown()))
        if dice.random() < 0.1:
            blocks.append(("gallery", [self._shown(), self._shown()]))
        return blocks

    def _shown(self) -> dict[str, Any]:
        return {"picture": self.chance.choice(self.pictures), "alt": "A drawing", "credit": "", "caption": ""}

    def article(self) -> ArticlePage:
        section = self.some(SectionPage)
        title, slug = self.name("Article")
        page = ArticlePage(title=title, slug=slug, standfirst=self.words(12), dated=self.day(), locale=section.locale)
        page.body = self.body(page)
        page.bylines = [Byline(author=author) for author in self.few(AuthorPage.objects.live(), 2)]
        page.topics = self.few(Topic.objects, 2)
        if self.chance.random() < 0.3:
            page.picture, page.picture_alt = self.chance.choice(self.pictures), "A drawing"
        return published(page, under=section)

    def section(self, *, under: FrontPage) -> SectionPage:
        title, slug = self.name("Section")
        return published(SectionPage(title=title, slug=slug), under=under)

    def author(self, *, under: AuthorsPage) -> AuthorPage:
        title, slug = self.name("Author")
        return published(AuthorPage(title=title, slug=slug, bio="<p>Writes.</p>"), under=under)

    def topic(self, language: str) -> Topic:
        name, slug = self.name("Topic")
        return Topic.objects.create(name=name, slug=slug, locale=Locale.objects.get(language_code=language))

    def change(self, page: Page, **changes: Any) -> None:
        """Publish a page with changes to what is in the paper."""
        publish(page, **changes)

    def save(self, row: Any, **changes: Any) -> None:
        """Change what is no page: a topic, a redirect."""
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()
