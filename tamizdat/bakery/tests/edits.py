"""Every kind of edit: what an editor can do to a paper, at random."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Revision

from tamizdat.articles import actions
from tamizdat.articles.models import (
    ArticlePage,
    AuthorPage,
    Byline,
    Correction,
    FrontPage,
    PlainPage,
    SectionPage,
    Topic,
)
from tamizdat.articles.tests.conftest import later, published
from tamizdat.bakery.tests import edits_of_places as places
from tamizdat.bakery.tests.desk import LANGUAGES, Desk, NothingToEdit


def text(desk: Desk) -> None:
    page = desk.some(ArticlePage)
    desk.change(page, body=desk.body(page))


def title(desk: Desk) -> None:
    desk.change(desk.some(ArticlePage), title=desk.name("Article")[0])


def standfirst(desk: Desk) -> None:
    desk.change(desk.some(ArticlePage), standfirst=desk.words(14), kicker=desk.words(1))


def slug(desk: Desk) -> None:
    desk.change(desk.some(ArticlePage), slug=desk.name("Article")[1])


def old_slug_again(desk: Desk) -> None:
    """An article takes an address that another one has left, or its own of before."""
    old = desk.one_of(Redirect.objects.filter(old_path__contains="article")).old_path.rpartition("/")[2]
    desk.change(desk.some(ArticlePage), slug=old)


def section(desk: Desk) -> None:
    page = desk.some(ArticlePage)
    page.move(desk.some(SectionPage, locale=page.locale), pos="last-child")


def topics(desk: Desk) -> None:
    desk.change(desk.some(ArticlePage), topics=desk.few(Topic.objects, 3))


def authors(desk: Desk) -> None:
    people = desk.few(AuthorPage.objects.live(), 3)
    desk.change(desk.some(ArticlePage), bylines=[Byline(author=one) for one in people])


def picture(desk: Desk) -> None:
    image = desk.chance.choice([None, *desk.pictures])
    desk.change(desk.some(ArticlePage), picture=image, picture_alt=desk.words(5) if image else "")


def day(desk: Desk) -> None:
    desk.change(desk.some(ArticlePage), dated=desk.day())


def correction(desk: Desk) -> None:
    page = desk.some(ArticlePage).get_latest_revision_as_object()
    said = Correction(dated=desk.day().date(), text=desk.words(20))
    desk.change(page, corrections=[*page.corrections.all(), said])


def update(desk: Desk) -> None:
    desk.change(desk.some(ArticlePage), updated_note=desk.chance.choice(["", desk.words(6)]))


def quiet(desk: Desk) -> None:
    dice = desk.chance
    desk.change(desk.some(ArticlePage), has_no_asks=dice.random() < 0.5, is_sensitive=dice.random() < 0.5)


def first_publication(desk: Desk) -> None:
    elsewhere = f"https://first.example/{desk.name('Article')[1]}"
    desk.change(desk.some(ArticlePage), first_publication=desk.chance.choice(["", elsewhere]))


def unpublish(desk: Desk) -> None:
    desk.some(ArticlePage).unpublish()


def publish_again(desk: Desk) -> None:
    desk.change(desk.one_of(ArticlePage.objects.not_live()))


def delete(desk: Desk) -> None:
    Page.objects.get(pk=desk.some(ArticlePage).pk).delete()


def write(desk: Desk) -> None:
    desk.article()


def draft(desk: Desk) -> None:
    page = desk.some(ArticlePage).get_latest_revision_as_object()
    page.title = desk.name("Article")[0]
    page.save_revision()


def undo(desk: Desk) -> None:
    """An earlier revision is published again, as the desk's “Review this version” does."""
    page = desk.some(ArticlePage)
    earlier = desk.chance.choice(list(page.revisions.order_by("pk"))).as_object()
    earlier.save_revision().publish()


def copy(desk: Desk) -> None:
    page = desk.some(ArticlePage)
    page.copy(update_attrs={"slug": desk.name("Article")[1]}, keep_live=desk.chance.random() < 0.5)


def schedule(desk: Desk) -> None:
    """Its hour comes, and the clock publishes it."""
    page = desk.some(ArticlePage)
    desk.change(page, title=desk.name("Article")[0], go_live_at=timezone.now() + timedelta(hours=1))
    Revision.objects.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled")


def expire(desk: Desk) -> None:
    desk.change(desk.some(ArticlePage), expire_at=timezone.now() + timedelta(hours=1))
    Page.objects.filter(expire_at__isnull=False).update(expire_at=timezone.now())
    call_command("publish_scheduled")


def translation(desk: Desk) -> None:
    """In one more language; what stands above it there is translated first, as the desk asks."""
    page = desk.some(desk.chance.choice([ArticlePage, ArticlePage, AuthorPage, SectionPage]))
    into = desk.one_of(_without(page))
    for one in [*page.get_ancestors().filter(depth__gt=2), page]:
        if not one.has_translation(into):
            desk.change(one.specific.copy_for_translation(into))


def topic_translation(desk: Desk) -> None:
    topic = desk.one_of(Topic.objects)
    topic.copy_for_translation(desk.one_of(_without(topic))).save()


def _without(one: Page | Topic) -> QuerySet[Locale]:
    """Languages into which it has not been translated."""
    there = one.get_translations(inclusive=True).values("locale")
    return Locale.objects.filter(language_code__in=LANGUAGES).exclude(pk__in=there)


def plain_page(desk: Desk) -> None:
    """The text of one, its name, a new one, or one less."""
    page, front = desk.some(PlainPage), desk.some(FrontPage)
    named, slug = desk.name("Plain")
    match desk.chance.randrange(5):
        case 0:
            desk.change(page, body=desk.body(page))
        case 1:
            desk.change(page, title=named)
        case 2:
            desk.change(page, slug=slug)
        case 3:
            published(PlainPage(title=named, slug=slug, body=desk.body()), under=front)
        case 4:
            page.unpublish()


def redirect(desk: Desk) -> None:
    """One that an editor writes, to a page or elsewhere; it may stand where something stands already."""
    old = desk.chance.choice(["/old", "/old/address", "/old.html", "/old?x=1", desk.some(ArticlePage).site_path])
    page = desk.chance.choice([None, desk.some(ArticlePage), desk.some(SectionPage)])
    where: dict[str, Any] = {"redirect_page_id": page.pk} if page else {"redirect_link": desk.chance.choice(LINKS)}
    normal = Redirect.normalise_path(old)
    Redirect.objects.update_or_create(old_path=normal, site=None, defaults=where)


LINKS = ("https://else.example/", f"{settings.NEWSROOM.paper.address}/costs/", "/costs/")


def redirect_gone(desk: Desk) -> None:
    desk.one_of(Redirect.objects).delete()


def redirect_moved(desk: Desk) -> None:
    desk.save(desk.one_of(Redirect.objects), old_path=f"/old/{desk.name('Address')[1]}")


def night(desk: Desk) -> None:
    """The clock's: what to read more is chosen again, and it is another day."""
    actions.refresh_read_more(newest=desk.chance.choice([5, 200]))
    desk.today += timedelta(days=1)
    actions.turn_the_day()


def background(desk: Desk) -> None:
    """What the worker does after publications: it chooses what to read more."""
    later()


PROMISED = (text, title, slug, section, topics, authors, picture, unpublish, places.section_moved, translation)
OTHERS = (
    standfirst, old_slug_again, day, correction, update, quiet, first_publication, publish_again, delete, write,
    draft, undo, copy, schedule, expire, topic_translation, places.front_arranged, places.section_named,
    places.section_introduced, places.section_ordered, places.section_made, places.section_gone, places.section_back,
    places.author_named, places.author_described, places.author_moved, places.author_made, places.author_gone,
    places.author_back, places.topic_made, places.topic_named, places.topic_introduced, places.topic_moved,
    places.topic_gone, plain_page, redirect, redirect_gone, redirect_moved, night, background,
)  # fmt: skip


def edit(desk: Desk) -> str:
    """Do something at random, in a transaction; answers what."""
    while True:
        one = desk.chance.choice(PROMISED if desk.chance.random() < 0.5 else PROMISED + OTHERS)
        with suppress(NothingToEdit, ValidationError), transaction.atomic():
            one(desk)
            return one.__name__
