"""Every change announces at least the files that it alters: the whole paper is compared, before and after."""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from bench.prose import paragraphs
from tamizdat.articles.models import ArticlePage, AuthorPage, Byline, PlainPage, SectionPage, Topic
from tamizdat.articles.tests.conftest import Paper, announcements, publish, published, whole

LONG = [("paragraph", f"<p>{one}</p>") for one in paragraphs(Random(1), "en", 4000)]
ONE_A_PAGE = {
    "rules.touched": ("CARDS", "PLACES", "FED"),
    "archive_sheets": ("CARDS",),
    "sitemap_sheets": ("PLACES",),
    "feed_sheets": ("FED",),
    "list_sheets": ("NAMES",),
    "shelves": ("CARDS", "NAMES", "PLACES"),
}
Change = Callable[[Paper, dict[str, Any]], object]


def translate(paper: Paper, page: ArticlePage) -> ArticlePage:
    copy = page.copy_for_translation(Locale.objects.get(language_code="ru"))
    copy.title = "Лёд"
    copy.save_revision().publish()
    return copy


def byline(page: ArticlePage, *authors: AuthorPage) -> None:
    draft = page.get_latest_revision_as_object()
    draft.bylines = [Byline(author=author) for author in authors]
    draft.save_revision().publish()


CHANGES: dict[str, Change] = {
    "a body": lambda p, x: publish(x["old"], body=[("paragraph", "<p>Mended.</p>")]),
    "a headline": lambda p, x: publish(x["old"], title="Storm, corrected"),
    "a standfirst": lambda p, x: publish(x["new"], standfirst="More is known."),
    "a slug": lambda p, x: publish(x["old"], slug="gale"),
    "a date": lambda p, x: publish(x["old"], dated=datetime(2025, 1, 2, tzinfo=UTC)),
    "an update note": lambda p, x: publish(x["old"], updated_note="A name was wrong."),
    "a topic taken away": lambda p, x: publish(x["old"], topics=[]),
    "an author taken away": lambda p, x: byline(x["old"]),
    "a new article": lambda p, x: p.write("Fresh news"),
    "an article of another month": lambda p, x: p.write("Early", dated=datetime(2024, 2, 1, tzinfo=UTC)),
    "an article taken out": lambda p, x: x["old"].unpublish(),
    "an article deleted": lambda p, x: x["old"].delete(),
    "an article moved": lambda p, x: x["old"].move(p.culture, pos="last-child"),
    "a translation": lambda p, x: translate(p, x["new"]),
    "a translation taken out": lambda p, x: x["ru"].unpublish(),
    "a translation's slug": lambda p, x: publish(x["ru"], slug="led-2"),
    "an author's name": lambda p, x: publish(p.ada, title="Ada B."),
    "an author's slug": lambda p, x: publish(p.ada, slug="ada-berg"),
    "an author's words": lambda p, x: publish(p.ada, bio="<p>Fish.</p>"),
    "an author taken out": lambda p, x: p.ada.unpublish(),
    "a new author": lambda p, x: published(AuthorPage(title="Bo", slug="bo"), under=p.people),
    "a topic's name": lambda p, x: (setattr(p.ice, "name", "Sea ice"), p.ice.save()),
    "a topic's slug": lambda p, x: (setattr(p.ice, "slug", "sea-ice"), p.ice.save()),
    "a topic's introduction": lambda p, x: (setattr(p.ice, "intro", "<p>Cold.</p>"), p.ice.save()),
    "a topic deleted": lambda p, x: p.ice.delete(),
    "a new topic": lambda p, x: Topic.objects.create(name="Fog", slug="fog", locale=p.front.locale),
    "a section's name": lambda p, x: publish(p.news, title="Reports"),
    "a section's slug": lambda p, x: publish(p.news, slug="reports"),
    "a section's introduction": lambda p, x: publish(p.news, intro="<p>What happened.</p>"),
    "sections in another order": lambda p, x: p.culture.move(p.news, pos="left"),
    "a section taken out": lambda p, x: p.news.unpublish(),
    "a section deleted with its articles": lambda p, x: SectionPage.objects.get(pk=p.news.pk).delete(),
    "a new section": lambda p, x: published(SectionPage(title="Sport", slug="sport"), under=p.front),
    "a plain page's body": lambda p, x: publish(x["about"], body=[("paragraph", "<p>We print.</p>")]),
    "a plain page's title": lambda p, x: publish(x["about"], title="Who we are"),
    "a plain page taken out": lambda p, x: x["about"].unpublish(),
    "a body that grows long": lambda p, x: publish(x["old"], body=LONG),
    "a long body corrected": lambda p, x: publish(x["long"], body=[*LONG[:-1], ("paragraph", "<p>Mended.</p>")]),
    "a long body cut short": lambda p, x: publish(x["long"], body=LONG[:30]),
    "a long body cut to one part": lambda p, x: publish(x["long"], body=LONG[:2]),
    "a long article's headline": lambda p, x: publish(x["long"], title="The inquiry, corrected"),
    "a long article's slug": lambda p, x: publish(x["long"], slug="findings"),
    "a long article moved": lambda p, x: x["long"].move(p.culture, pos="last-child"),
    "a long article taken out": lambda p, x: x["long"].unpublish(),
    "a long article's translation": lambda p, x: translate(p, x["long"]),
    "a redirect where a part stood": lambda p, x: (
        Redirect.add_redirect("/news/inquiry/3/", "/about/"),
        publish(x["long"], body=LONG[:30]),
    ),
    "a redirect": lambda p, x: Redirect.add_redirect("/was/", "https://elsewhere.example/"),
}


@pytest.fixture
def printed(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Some articles, in a paper whose lists and sitemaps go on at the next page after every one of them."""
    for room, sizes in ONE_A_PAGE.items():
        for size in sizes:
            monkeypatch.setattr(f"tamizdat.articles.{room}.{size}", 1)
    old = paper.write("Storm", standfirst="It blew.")
    new = paper.write("Calm", body=[("paragraph", f'<p><a linktype="page" id="{old.pk}">the storm</a></p>')])
    paper.write("Opera", under=paper.culture, topics=[])
    ru = translate(paper, old)
    long = paper.write("Inquiry", body=LONG)
    about = PlainPage.objects.child_of(paper.front).get(slug="about")
    return {"old": old, "new": new, "ru": ru, "about": about, "long": long}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_announces_every_file_that_it_alters(paper: Paper, printed: dict[str, Any], change: Change) -> None:
    before = whole()
    with announcements() as announced:
        change(paper, {name: Page.objects.get(pk=page.pk).specific for name, page in printed.items()})
    after = whole()
    altered = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert altered, "the change changed nothing"
    assert announced.is_whole or altered <= announced.paths


def test_a_corrected_body_touches_no_list(paper: Paper) -> None:
    page = paper.write("Storm")
    with announcements() as announced:
        publish(page, body=[("paragraph", "<p>Mended.</p>")])
    shelves = ("/", "/news/", "/topics/ice/", "/authors/ada/")
    feeds = {shelf + name for shelf in shelves for name in ("feed.xml", "rss.xml", "feed.json")}
    assert announced.paths == {"/news/storm/", "/sitemap-2026-1.xml", *feeds}
    assert not announced.is_whole


def test_the_article_that_leaves_the_newest_is_touched(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("galleys", "catalogue"):
        monkeypatch.setattr(f"tamizdat.articles.{room}.RECENT", 2)
    for day in (1, 2):
        paper.write(f"Day {day}", dated=datetime(2026, 5, day, tzinfo=UTC), topics=[], authors=[])
    with announcements() as announced:
        paper.write("Day 3", dated=datetime(2026, 5, 3, tzinfo=UTC), topics=[], authors=[])
    assert "/news/day-1/" in announced.paths
    assert not whole()["/news/day-1/"].is_recent


def test_nothing_is_announced_by_a_draft(paper: Paper) -> None:
    page = paper.write("Storm")
    with announcements() as announced:
        page.title = "Not yet"
        page.save_revision()
    assert not announced.paths
    assert not announced.is_whole
