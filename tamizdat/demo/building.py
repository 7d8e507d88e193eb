"""The content as pages, pictures, costs and logins of the newsroom that this process stands in."""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.models import Locale, Page

from tamizdat.articles import actions as articles
from tamizdat.articles.models import (
    ArticlePage,
    AuthorPage,
    AuthorsPage,
    Byline,
    Chosen,
    Correction,
    FrontPage,
    PlainPage,
    SectionPage,
    Topic,
)
from tamizdat.asks.models import Ask
from tamizdat.bakery import actions as bakery
from tamizdat.demo import reading
from tamizdat.demo.pictures.drawing import PICTURES, draw
from tamizdat.demo.reading import LANGUAGES, ORIGINAL, Article, Content
from tamizdat.ledger import actions as ledger
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom

COSTS_SINCE_MONTHS = 12
ROLES = {
    "journalist": "Journalists",
    "editor": "Editors",
    "fundraiser": "Fundraisers",
    "treasurer": "Treasurers",
}
Say = Callable[[str], object]


@dataclass
class Builder:
    """Keeps what has been made, by slug and language, until all of it is tied together."""

    content: Content
    now: datetime
    pictures: dict[str, Image] = field(default_factory=dict)
    locales: dict[str, Locale] = field(default_factory=dict)
    topics: dict[tuple[str, str], Topic] = field(default_factory=dict)
    authors: dict[tuple[str, str], AuthorPage] = field(default_factory=dict)
    sections: dict[tuple[str, str], SectionPage] = field(default_factory=dict)
    pages: dict[tuple[str, str], Page] = field(default_factory=dict)

    def build(self) -> None:
        self.locales = {code: Locale.objects.get(language_code=code) for code in LANGUAGES}
        fronts = {code: FrontPage.objects.get(locale=self.locales[code]) for code in LANGUAGES}
        for code, front in fronts.items():
            _publish(front, title=self.content.name[code])
            self._name_places(code, front)
        for article in self.content.articles:
            self._place(article)
        for page in self.content.pages:
            self._print_plain(page)
        for article in self.content.articles:
            self._print(article)
        for code, front in fronts.items():
            self._arrange(code, front)

    def _name_places(self, code: str, front: FrontPage) -> None:
        """Sections, topics and authors of one language, each tied to the original's."""
        locale = self.locales[code]
        for section in self.content.sections:
            new = SectionPage(slug=section.slug, title=section.names[code], locale=locale)
            page = SectionPage.objects.child_of(front).filter(slug=section.slug).first()
            page = page or _under(front, new, like=self.sections.get((section.slug, ORIGINAL)))
            self.sections[section.slug, code] = page
            _publish(page, title=section.names[code], intro=f"<p>{section.text[code]}</p>")
        for topic in self.content.topics:
            row = Topic(slug=topic.slug, name=topic.names[code], locale=locale)
            self.topics[topic.slug, code] = _tied(row, self.topics.get((topic.slug, ORIGINAL)))
            row.save()
        people = AuthorsPage.objects.child_of(front).get()
        for author in self.content.authors:
            new = AuthorPage(slug=author.slug, title=author.names[code], locale=locale)
            page = _under(people, new, like=self.authors.get((author.slug, ORIGINAL)))
            self.authors[author.slug, code] = page
            _publish(page, bio=f"<p>{author.text[code]}</p>")
        for plain in PlainPage.objects.child_of(front):
            self.pages[f"/{plain.slug}/", code] = plain

    def _place(self, article: Article) -> None:
        """An empty page, so that others can already link to it."""
        locale = self.locales[article.language]
        new = ArticlePage(slug=article.slug, title=article.title, locale=locale)
        section = self.sections[article.section, article.language]
        original = self.pages.get((article.path, ORIGINAL))
        self.pages[article.path, article.language] = _under(section, new, like=original)

    def _print(self, article: Article) -> None:
        code, page = article.language, self.pages[article.path, article.language]
        page.topics = [self.topics[slug, code] for slug in article.topics]
        page.bylines = [Byline(author=self.authors[slug, code]) for slug in article.authors]
        _publish(
            page,
            kicker=article.kicker,
            standfirst=article.standfirst,
            updated_note=article.updated_note,
            corrections=corrections(article, self.now),
            first_publication=article.first_publication,
            is_sensitive=article.is_sensitive,
            dated=published_at(article, self.now),
            picture=self.pictures.get(article.picture),
            picture_alt=article.picture_alt,
            picture_credit=article.picture_credit,
            picture_caption=article.picture_caption,
            body=[self._block(kind, value, code) for kind, value in article.body],
        )

    def _arrange(self, code: str, front: FrontPage) -> None:
        """On top of a front page stand the chosen articles that its language has."""
        paths = [article.path for slug in self.content.top for article in self.content.articles if article.slug == slug]
        found = (self.pages.get((path, code)) for path in dict.fromkeys(paths))
        _publish(front, chosen=[Chosen(article=page) for page in found if page])

    def _print_plain(self, plain: reading.PlainPage) -> None:
        page = self.pages[f"/{plain.slug}/", plain.language]
        body = [self._block(kind, value, plain.language) for kind, value in plain.body]
        _publish(page, title=plain.title, body=body)

    def _block(self, kind: str, value: Any, code: str) -> tuple[str, Any]:
        """A block as the desk keeps it: links lead to pages, pictures are those that were drawn."""
        if kind == "paragraph":
            return kind, self._linked(value, code)
        if kind == "list":
            return kind, value | {"items": [self._linked(item, code) for item in value["items"]]}
        if kind == "fact":
            return kind, value | {"paragraphs": self._linked(value["paragraphs"], code)}
        if kind == "notes":
            return kind, [self._linked(note, code) for note in value]
        if kind == "picture":
            return kind, self._pictured(value)
        if kind == "gallery":
            return kind, [self._pictured(one) for one in value]
        if kind == "card" and value["address"].startswith("/"):
            return kind, value | {"address": self._page(value["address"], code).site_path}
        if kind == "table":
            return kind, {"data": value, "first_row_is_table_header": True, "first_col_is_header": False}
        return kind, value

    def _pictured(self, value: dict[str, Any]) -> dict[str, Any]:
        return value | {"picture": self.pictures[value["picture"]]}

    def _linked(self, html: str, code: str) -> str:
        return re.sub(
            r'<a href="(/[^"]*)">',
            lambda found: f'<a linktype="page" id="{self._page(found[1], code).pk}">',
            html,
        )

    def _page(self, path: str, code: str) -> Any:
        """The page in this language, or the original where there is no translation."""
        return self.pages.get((path, code)) or self.pages[path, ORIGINAL]


def fill(*, say: Say) -> dict[str, str]:
    """Fill the newsroom that was just founded and bake it; the new logins with their passwords."""
    content = reading.read()
    say(f"Drawing {len(PICTURES)} pictures …")
    pictures = draw_pictures()
    say(f"Setting {len(content.articles)} articles in {len(LANGUAGES)} languages …")
    with transaction.atomic():
        Builder(content, now=timezone.now(), pictures=pictures).build()
        articles.refresh_read_more()
        add_costs(content)
        add_rates()
        draft_ask(reading.read_ask())
        logins = add_logins()
        bakery.touch(paths=None)
    say("Baking …")
    bakery.bake_touched()
    return logins


def draw_pictures() -> dict[str, Image]:
    """Every picture, drawn and put among the desk's."""
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in PICTURES:
            with draw(name, Path(folder)).open("rb") as file:
                title = name.replace("-", " ").capitalize()
                made[name] = Image.objects.create(title=title, file=ImageFile(file, name=f"{name}.jpg"))
    return made


def add_costs(content: Content) -> None:
    """The named costs of a month, in force since a year ago."""
    currency = newsroom.configuration().giving.currency
    first = Month.of(newsroom.today()) - COSTS_SINCE_MONTHS
    for cost in content.costs:
        amount = Money(cost.dollars * 100, currency)
        ledger.add_cost(names=dict(cost.names), amount=amount, first=first, by="treasurer")


def add_rates() -> None:
    """What a euro is worth, as make-believe as the gifts."""
    ledger.take_rates(f"Date,USD\n{newsroom.today()},1.0850".encode())


def draft_ask(said: dict[str, Any]) -> None:
    """An ask in two wordings that waits for an editor; see content/asks.toml."""
    ask = Ask(name=said["name"], key=said["key"], placement=said["placement"], live=False)
    ask.audience = [("reads", {"least": said["reads"], "most": None, "days": 30, "topic": ""})]
    ask.wordings = [("wording", _wording(name, texts)) for name, texts in said["wordings"].items()]
    ask.full_clean()
    ask.save()
    ask.save_revision()


def _wording(name: str, texts: dict[str, Any]) -> dict[str, Any]:
    said = [{"language": code, **text} for code, text in texts.items()]
    return {
        "name": name,
        "share": 1,
        "texts": said,
        "amounts": "",
        "cadence": "monthly",
        "ticker": True,
        "remind": True,
    }


def add_logins() -> dict[str, str]:
    """One login a role, each with a new password."""
    logins = {}
    for name, role in ROLES.items():
        logins[name] = secrets.token_urlsafe(12)
        user = get_user_model().objects.create_user(name, f"{name}@gazette.example", logins[name])
        user.groups.add(Group.objects.get(name=role))
    return logins


def corrections(article: Article, now: datetime) -> list[Correction]:
    """Somebody wrote in on the day after it was published."""
    day = min(published_at(article, now) + timedelta(days=1), now).date()
    return [Correction(dated=day, text=article.correction)] if article.correction else []


def published_at(article: Article, now: datetime) -> datetime:
    """So many days ago, at an hour of its own between seven and six; never in the future."""
    zone = ZoneInfo(newsroom.configuration().paper.time_zone)
    day = now.astimezone(zone).date() - timedelta(days=article.published)
    minutes = sum(article.slug.encode()) % (11 * 60)
    moment = datetime.combine(day, time(7), zone) + timedelta(minutes=minutes)
    return min(moment, now - timedelta(minutes=minutes % 40 + 1))


def _publish(page: Any, **values: Any) -> None:
    for name, value in values.items():
        setattr(page, name, value)
    page.full_clean()
    page.save_revision().publish()


def _under(parent: Page, page: Any, *, like: Page | None) -> Any:
    """A new page that is not live yet, tied to its original."""
    page.live = False
    parent.add_child(instance=_tied(page, like))
    return page


def _tied(new: Any, original: Any) -> Any:
    """A translation shares its original's key."""
    if original:
        new.translation_key = original.translation_key
    return new
