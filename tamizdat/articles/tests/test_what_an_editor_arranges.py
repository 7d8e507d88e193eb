"""The top of a front page is an editor's, the rest lays itself out."""

from datetime import UTC, datetime

import pytest

from tamizdat.articles.models import ArticlePage, Chosen, FrontPage
from tamizdat.articles.models.places import MOST_CHOSEN
from tamizdat.articles.tests.conftest import Paper, announcements, publish, whole


def choose(front: FrontPage, *articles: ArticlePage) -> None:
    publish(FrontPage.objects.get(pk=front.pk), chosen=[Chosen(article=one) for one in articles])


def top(path: str = "/") -> list[str]:
    page = whole()[path].page
    return [card.headline for card in (page.lead, *page.seconds) if card]


@pytest.fixture
def days(paper: Paper) -> list[ArticlePage]:
    return [paper.write(f"Day {day}", dated=datetime(2026, 5, day, tzinfo=UTC)) for day in range(1, 7)]


def test_without_an_editor_the_newest_stand_on_top(paper: Paper, days: list[ArticlePage]) -> None:
    assert top() == ["Day 6", "Day 5", "Day 4"]


def test_the_chosen_stand_on_top_in_their_order_and_the_newest_fill_up(paper: Paper, days: list[ArticlePage]) -> None:
    choose(paper.front, days[1])
    assert top() == ["Day 2", "Day 6", "Day 5"]
    choose(paper.front, days[4], days[0], days[1], days[2])
    assert top() == ["Day 5", "Day 1", "Day 2", "Day 3"]


def test_nothing_on_top_stands_again_below(paper: Paper, days: list[ArticlePage]) -> None:
    choose(paper.front, *days[:4])
    page = whole()["/"].page
    below = [card.headline for strip in page.strips for card in strip.cards]
    assert below == ["Day 6", "Day 5"]


def test_a_chosen_article_that_is_withdrawn_leaves_its_place_and_finds_it_again(
    paper: Paper, days: list[ArticlePage]
) -> None:
    choose(paper.front, days[0], days[1])
    ArticlePage.objects.get(pk=days[0].pk).unpublish()
    assert top() == ["Day 2", "Day 6", "Day 5"]
    ArticlePage.objects.get(pk=days[0].pk).save_revision().publish()
    assert top() == ["Day 1", "Day 2", "Day 6"]


def test_a_chosen_article_may_move(paper: Paper, days: list[ArticlePage]) -> None:
    choose(paper.front, days[0])
    ArticlePage.objects.get(pk=days[0].pk).move(paper.culture, pos="last-child")
    assert whole()["/"].page.lead.path == "/culture/day-1/"


def test_a_front_page_survives_the_deletion_of_what_it_chose(paper: Paper, days: list[ArticlePage]) -> None:
    choose(paper.front, days[0], days[1])
    ArticlePage.objects.get(pk=days[0].pk).delete()
    assert top() == ["Day 2", "Day 6", "Day 5"]
    publish(FrontPage.objects.get(pk=paper.front.pk), seo_title="Again")
    assert top() == ["Day 2", "Day 6", "Day 5"]


def test_an_article_of_another_language_touches_the_front_page_that_has_it_on_top(
    paper: Paper, days: list[ArticlePage]
) -> None:
    russian = paper.write("Лёд", under=paper.news_ru, slug="led", topics=[], authors=[])
    choose(paper.front, russian)
    assert top()[0] == "Лёд"
    with announcements() as announced:
        publish(russian, title="Лёд тронулся")
    assert "/" in announced.paths
    with announcements() as announced:
        ArticlePage.objects.get(pk=russian.pk).unpublish()
    assert "/" in announced.paths
    assert top()[0] == "Day 6"


def test_arranging_touches_the_front_page_alone(paper: Paper, days: list[ArticlePage]) -> None:
    with announcements() as announced:
        choose(paper.front, days[0])
    assert announced.paths == {"/"}
    assert not announced.is_whole


def test_an_editor_arranges_a_few_articles_not_a_list(paper: Paper) -> None:
    panel = next(one for one in FrontPage.content_panels if getattr(one, "relation_name", "") == "chosen")
    assert panel.max_num == MOST_CHOSEN
