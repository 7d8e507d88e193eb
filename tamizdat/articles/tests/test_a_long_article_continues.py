"""A long article stands on several pages, and every one of them goes where the article goes."""

from random import Random

import pytest
from wagtail.models import Locale

from bench.prose import paragraphs
from tamizdat.articles import actions, queries
from tamizdat.articles.body import text
from tamizdat.articles.models import ArticlePage, Galley, PlainPage, SectionPage
from tamizdat.articles.rules.sheets import Article, Kind, Plain, Redirect, Sheet
from tamizdat.articles.tests.conftest import Paper, announcements, later, publish, whole

LONG = [("paragraph", f"<p>{one}</p>") for one in paragraphs(Random(1), "en", 3000)]
PARTS = ["/news/inquiry/", "/news/inquiry/2/", "/news/inquiry/3/"]


@pytest.fixture
def inquiry(paper: Paper) -> ArticlePage:
    paper.write("Storm")
    page = paper.write("Inquiry", body=LONG, standfirst="What they found.")
    later()
    return page


def parts(path: str = "/news/inquiry/") -> list[Sheet]:
    """The sheets of a text, in order."""
    found = [
        sheet for sheet in whole().values() if isinstance(sheet.page, Article | Plain) and sheet.path.startswith(path)
    ]
    return sorted(found, key=lambda sheet: sheet.page.part.number)


def test_its_parts_hold_it_whole_and_lead_to_one_another(inquiry: ArticlePage) -> None:
    sheets = parts()
    assert [sheet.path for sheet in sheets] == PARTS
    said = " ".join(text(sheet.page.body) for sheet in sheets)
    assert said == " ".join(text(str(html)) for _, html in LONG)
    assert [sheet.page.part.previous for sheet in sheets] == ["", *PARTS[:2]]
    assert [sheet.page.part.next for sheet in sheets] == [*PARTS[1:], ""]
    assert {sheet.page.part.first for sheet in sheets} == {PARTS[0]}


def test_what_is_read_after_it_and_the_figure_stand_on_the_last_part_alone(inquiry: ArticlePage) -> None:
    sheets = parts()
    assert [bool(sheet.page.read_more) for sheet in sheets] == [False, False, True]
    assert [sheet.is_recent for sheet in sheets] == [False, False, True]
    assert PARTS[2] in queries.paths_with_the_figure()
    assert not set(PARTS[:2]) & queries.paths_with_the_figure()


def test_each_part_is_found_by_its_path_and_none_beyond_the_last(inquiry: ArticlePage) -> None:
    for path in PARTS:
        assert [sheet.path for sheet in queries.sheets({path})] == [path]
    assert list(queries.sheets({"/news/inquiry/4/", "/news/inquiry/1/", "/news/2/", "/2/"})) == []


def test_a_short_article_has_one_page(paper: Paper) -> None:
    paper.write("Storm")
    (sheet,) = parts("/news/storm/")
    assert (sheet.page.part.count, sheet.page.part.next) == (1, "")


def test_a_long_plain_page_continues_too(paper: Paper) -> None:
    publish(PlainPage.objects.child_of(paper.front).get(slug="about"), body=LONG)
    assert [sheet.path for sheet in parts("/about/")] == ["/about/", "/about/2/", "/about/3/"]


def test_the_sitemap_names_its_first_page_only(inquiry: ArticlePage) -> None:
    places = whole()["/sitemap-2026-1.xml"].page.places
    assert [place.path for place in places if "inquiry" in place.path] == PARTS[:1]


def test_a_feed_carries_its_first_part_and_says_where_it_goes_on(inquiry: ArticlePage) -> None:
    long, short = whole()["/news/feed.xml"].page.entries
    assert (long.continues, short.continues) == (PARTS[1], "")
    assert long.body == parts()[0].page.body


def test_translations_lead_to_first_pages(paper: Paper, inquiry: ArticlePage) -> None:
    copy = inquiry.copy_for_translation(Locale.objects.get(language_code="ru"))
    copy.save_revision().publish()
    for sheet in parts():
        assert [other.path for other in sheet.translations] == ["/news/inquiry/", "/ru/news/inquiry/"]


def test_an_edit_that_shortens_it_takes_its_last_pages_away(inquiry: ArticlePage) -> None:
    with announcements() as announced:
        publish(inquiry, body=LONG[:2])
    assert announced.paths >= set(PARTS)
    assert PARTS[1] not in whole()


@pytest.mark.parametrize("change", ["a slug", "a move", "a section's slug"])
def test_its_old_parts_lead_on_to_where_it_stands_now(paper: Paper, inquiry: ArticlePage, change: str) -> None:
    if change == "a slug":
        publish(inquiry, slug="findings")
    elif change == "a move":
        ArticlePage.objects.get(pk=inquiry.pk).move(paper.culture, pos="last-child")
    else:
        publish(SectionPage.objects.get(pk=paper.news.pk), slug="reports")
    sheets, now = whole(), Galley.objects.get(page=inquiry.pk).path
    assert {sheets[path].page for path in PARTS} == {Redirect(now)}
    assert {sheets["/redirects.json"].page.targets[path.rstrip("/")] for path in PARTS} == {now}
    assert [sheet.path for sheet in parts(now)] == [now, f"{now}2/", f"{now}3/"]


def test_a_part_wins_over_a_page_that_leads_on(paper: Paper, inquiry: ArticlePage) -> None:
    publish(inquiry, slug="findings")
    paper.write("Inquiry", body=LONG)
    assert whole()[PARTS[1]].kind == Kind.ARTICLE
    assert [sheet.kind for sheet in queries.sheets(set(PARTS))] == [Kind.ARTICLE] * 3
    assert PARTS[1].rstrip("/") not in whole()["/redirects.json"].page.targets


def test_new_recommendations_touch_its_last_page(paper: Paper, inquiry: ArticlePage) -> None:
    inquiry.galley.recommends.all().delete()
    with announcements() as announced:
        actions.refresh_read_more()
    assert announced.paths == {PARTS[2]}


def test_a_preview_is_whole_and_shows_where_its_pages_will_begin(paper: Paper, inquiry: ArticlePage) -> None:
    page = queries.preview_sheet(inquiry).page
    assert [page.body, *page.follows] == [sheet.page.body for sheet in parts()]
    assert page.part.count == 1
