"""What is done with the paper: set a page, take it out, refresh what articles recommend."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from wagtail.models import Page

from tamizdat.articles import galleys, read_more, recommending, shelves, shelving, signals, tasks, typeset
from tamizdat.articles.galleys import Paths
from tamizdat.articles.laying import lay_paper
from tamizdat.articles.models import ArticlePage, FrontPage, Galley, PlainPage, Shelf, Topic
from tamizdat.articles.models.printable import Printable
from tamizdat.articles.rules.paths import REDIRECTS, news_path, stub_path
from tamizdat.articles.shelving import naming_from_elsewhere

__all__ = [
    "change_redirects",
    "lay_paper",
    "mend",
    "move_page",
    "naming_from_elsewhere",
    "refresh_read_more",
    "set_again",
    "set_everything",
    "set_page",
    "set_topic",
    "take_out",
    "take_out_topic",
    "turn_the_day",
]


@transaction.atomic
def set_page(*, page: Page) -> None:
    """Print a live page as it is now; a page that is not live is taken out. Announces what that touches.

    What an article recommends follows in the background, if what it is about has changed.
    """
    before = read_more.basis(page.pk)
    _print(page)
    if read_more.basis(page.pk) not in (None, before):
        tasks.choose_what_to_read_more.enqueue(page.pk)


@transaction.atomic
def take_out(*, page: int) -> None:
    """A page stands in the paper no longer. Doing it twice is harmless."""
    is_there, naming = typeset.standing_at(page), read_more.naming(page)
    signed = shelving.naming_a_translation(Shelf.Kind.AUTHOR, page)
    _announce(galleys.drop(page))
    for kind in typeset.SHELVES.values():
        _announce(shelves.drop(kind, page))
    if is_there:
        set_again(pages=[*galleys.mentioning(page), *signed])
    if naming:
        tasks.choose_again.enqueue(naming)


@transaction.atomic
def move_page(*, page: Page) -> None:
    """Print a page where it stands now. Under a front page its neighbours are set too: their order shows."""
    parent = page.get_parent()
    is_in_masthead = parent.specific_class is FrontPage
    for one in parent.get_children().live().specific() if is_in_masthead else [page]:
        set_page(page=one)


def change_redirects(*, old_paths: Collection[str]) -> None:
    """Redirects from these addresses were written or deleted. Announces the files that lead on."""
    _announce(frozenset({REDIRECTS, *(stub_path(old) or REDIRECTS for old in old_paths)}))


@transaction.atomic
def set_topic(*, topic: Topic) -> None:
    """Print a topic as it is now and announce what that touches."""
    is_new = not Shelf.objects.filter(kind=Shelf.Kind.TOPIC, source_id=topic.pk).exists()
    _announce(shelves.put(typeset.shelf(topic)))
    if is_new:
        set_again(pages=shelving.naming_a_translation(Shelf.Kind.TOPIC, topic.pk))


@transaction.atomic
def take_out_topic(*, topic: int) -> None:
    named = shelving.naming_a_translation(Shelf.Kind.TOPIC, topic)
    _announce(shelves.drop(Shelf.Kind.TOPIC, topic))
    set_again(pages=named)


def refresh_read_more(*, newest: int = 200) -> int:
    """Let the newest articles, and those that have not chosen yet, choose again. Answers how many changed."""
    return recommending.refresh(newest=newest)


def turn_the_day() -> None:
    """It is another day: the sitemaps of the news show its articles and yesterday's. Announces them."""
    fronts = Shelf.objects.filter(kind=Shelf.Kind.FRONT).values_list("path", flat=True)
    with transaction.atomic():
        _announce(frozenset(map(news_path, fronts)))


def set_everything() -> int:
    """Set every live page and topic again, as after an import without signals. Answers how many.

    What the articles recommend is left to `refresh_read_more`.
    """
    pages = Page.objects.live().filter(depth__gt=1).order_by("path")
    for topic in Topic.objects.all():
        set_topic(topic=topic)
    count = 0
    for page in pages.specific().iterator(chunk_size=100):
        with transaction.atomic():
            _print(page)
        count += 1
    return count


def mend() -> int:
    """Repair what a kill between a publication and its printing left behind. Answers how many pages."""
    printed = dict(Galley.objects.values_list("page", "revision_id"))
    printed |= dict(Shelf.objects.exclude(kind=Shelf.Kind.TOPIC).values_list("source_id", "revision_id"))
    live = dict(Page.objects.live().filter(depth__gt=1).values_list("pk", "live_revision"))
    late = [pk for pk, revision in live.items() if printed.get(pk, 0) != revision]
    mended = 0
    for page in Page.objects.filter(pk__in=late).order_by("path").specific():
        mended += isinstance(page, Printable)
        set_page(page=page)
    gone = printed.keys() - live.keys()
    for pk in sorted(gone):
        take_out(page=pk)
    return mended + len(gone)


def _print(page: Page) -> None:
    found = page.specific
    if not isinstance(found, Printable):
        return
    if not found.live:
        take_out(page=page.pk)
        return
    before = typeset.standing_at(found.pk)
    is_galley = isinstance(found, ArticlePage | PlainPage)
    _announce(galleys.put(typeset.galley(found)) if is_galley else shelves.put(typeset.shelf(found)))
    if before != found.site_path:
        set_again(pages=galleys.mentioning(found.pk))
    if before is None:
        set_again(pages=shelving.naming_a_translation(Shelf.Kind.AUTHOR, found.pk))


@transaction.atomic
def set_again(*, pages: Collection[int]) -> None:
    """Bodies that link to a page follow it, or lose the link and keep its words; bylines and topics are in their own
    language."""
    for other in Page.objects.filter(pk__in=pages, live=True).specific():
        _announce(galleys.put(typeset.galley(other)))


def _announce(paths: Paths) -> None:
    if paths is None or paths:
        signals.paths_touched.send(sender=None, paths=paths)
