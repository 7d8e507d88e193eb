"""A small paper to try things on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.images import ImageFile
from django_tasks_db.models import DBTaskResult
from PIL import Image as Drawing
from wagtail.images.models import Image
from wagtail.models import Locale, Page

from tamizdat.articles import actions, queries
from tamizdat.articles.models import (
    ArticlePage,
    AuthorPage,
    AuthorsPage,
    Byline,
    FrontPage,
    SectionPage,
    Topic,
)
from tamizdat.articles.rules.sheets import Sheet
from tamizdat.articles.signals import paths_touched


def published(page: Page, *, under: Page) -> Page:
    page.live = False
    page.locale = under.locale
    under.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def publish(page: Page, **changes: Any) -> None:
    """What an editor does: change, save a draft, publish."""
    page = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


class Paper:
    def __init__(self) -> None:
        actions.lay_paper(languages=["en", "ru"])
        self.front, self.russian = (FrontPage.objects.get(slug=slug) for slug in ("en", "ru"))
        self.news, self.news_ru = (SectionPage.objects.child_of(f).get() for f in (self.front, self.russian))
        self.culture = published(SectionPage(title="Culture", slug="culture"), under=self.front)
        self.people = AuthorsPage.objects.child_of(self.front).get()
        self.ada = published(AuthorPage(title="Ada Berg", slug="ada", bio="<p>Harbours.</p>"), under=self.people)
        self.ice = Topic.objects.create(name="Ice", slug="ice", locale=Locale.objects.get(language_code="en"))

    def write(self, title: str, *, under: Page | None = None, **fields: Any) -> ArticlePage:
        authors, topics = fields.pop("authors", [self.ada]), fields.pop("topics", [self.ice])
        fields.setdefault("dated", datetime(2026, 5, 4, 9, tzinfo=UTC))
        fields.setdefault("body", [("paragraph", f"<p>About {title.lower()}.</p>")])
        slug = fields.pop("slug", title.lower().replace(" ", "-"))
        page = ArticlePage(title=title, slug=slug, **fields)
        page.bylines = [Byline(author=author) for author in authors]
        page.topics = topics
        return published(page, under=under or self.news)


@pytest.fixture
def paper(db: None) -> Paper:
    return Paper()


def draw(width: int = 1800, height: int = 1200, colour: str = "teal") -> Image:
    """A picture at the desk."""
    content = BytesIO()
    Drawing.new("RGB", (width, height), colour).save(content, "PNG")
    content.seek(0)
    return Image.objects.create(title="A drawing", file=ImageFile(content, name="drawing.png"))


@pytest.fixture
def picture(db: None) -> Callable[..., Image]:
    return draw


def whole() -> dict[str, Sheet]:
    sheets = list(queries.sheets())
    found = {sheet.path: sheet for sheet in sheets}
    assert len(found) == len(sheets), "a path came twice"
    return found


def later() -> None:
    """The worker has come round: what the articles left to the background is done."""
    ready = DBTaskResult.objects.ready().filter(task_path__startswith="tamizdat.articles.")
    while left := ready.first():
        left.task.call(*left.args_kwargs["args"])
        left.delete()


class Announced:
    """Paths announced so far; None among them is the whole paper."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.is_whole = False

    def hear(self, paths: frozenset[str] | None, **_: Any) -> None:
        self.is_whole |= paths is None
        self.paths |= paths or frozenset()


@contextmanager
def announcements() -> Iterator[Announced]:
    announced = Announced()
    paths_touched.connect(announced.hear)
    try:
        yield announced
    finally:
        paths_touched.disconnect(announced.hear)
