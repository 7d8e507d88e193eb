import pytest
from django.core.exceptions import ValidationError

from tamizdat.articles.models import ArticlePage, PlainPage, SectionPage
from tamizdat.articles.rules import paths
from tamizdat.articles.rules.paths import Stretch
from tamizdat.articles.tests.conftest import Paper, publish, published, whole
from tamizdat.months import Month


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ("/en/", "/"),
        ("/en/news/storm/", "/news/storm/"),
        ("/ru/", "/ru/"),
        ("/ru/news/", "/ru/news/"),
        ("/english/", "/english/"),
    ],
)
def test_the_default_language_stands_at_the_root(tree: str, path: str) -> None:
    assert paths.site_path(tree, default="en") == path


@pytest.mark.parametrize("slug", ["events", "topics", "support", "desk", "pictures", "ru", "2026"])
def test_an_address_of_the_papers_own_is_refused_with_words(paper: Paper, slug: str) -> None:
    with pytest.raises(ValidationError, match=r"choose another word|add a word"):
        published(SectionPage(title="Mine", slug=slug), under=paper.front)


@pytest.mark.parametrize(
    ("path", "stretch"),
    [
        ("/news/", Stretch("/news/")),
        ("/authors/2/", Stretch("/authors/", page=2)),
        ("/2026/", Stretch("/", 2026)),
        ("/2026/05/", Stretch("/", 2026, Month(2026, 5))),
        ("/ru/news/2026/05/3/", Stretch("/ru/news/", 2026, Month(2026, 5), 3)),
        ("/topics/ice/2026/13/", Stretch("/topics/ice/", 2026, page=13)),
    ],
)
def test_where_a_part_of_a_list_stands_reads_back(path: str, stretch: Stretch) -> None:
    assert paths.parse_stretch(path) == stretch
    assert stretch.path == path


def test_the_tenth_page_of_a_year_is_not_its_tenth_month() -> None:
    october = paths.parse_stretch("/topics/ice/2026/10/")
    assert october == Stretch("/topics/ice/", 2026, Month(2026, 10))
    assert october.by_year() == Stretch("/topics/ice/", 2026, page=10)


@pytest.mark.parametrize("path", ["/feed.xml", "/news/2026/05/1/", "/news/2026/05/02/", "/0000/", "news/"])
def test_what_is_no_part_of_a_list_is_not_read_as_one(path: str) -> None:
    found = paths.parse_stretch(path)
    assert found is None or not found.year


def test_wagtail_links_to_where_the_file_stands(paper: Paper) -> None:
    page = paper.write("Storm")
    assert page.full_url.endswith("/news/storm/")
    assert paper.news_ru.full_url.endswith("/ru/news/")
    assert paper.front.url in ("/", page.full_url.removesuffix("news/storm/"))


def test_an_old_address_leads_on(paper: Paper) -> None:
    page = paper.write("Storm")
    publish(page, slug="gale")
    sheets = whole()
    assert sheets["/news/storm/"].page.target == "/news/gale/"
    assert sheets["/redirects.json"].page.targets == {"/news/storm": "/news/gale/"}
    publish(ArticlePage.objects.get(pk=page.pk), slug="blow")
    assert whole()["/redirects.json"].page.targets == {
        "/news/gale": "/news/blow/",
        "/news/storm": "/news/blow/",
    }


def test_going_back_to_the_old_address_leaves_no_circle(paper: Paper) -> None:
    page = paper.write("Storm")
    publish(page, slug="gale")
    publish(ArticlePage.objects.get(pk=page.pk), slug="storm")
    sheets = whole()
    assert sheets["/redirects.json"].page.targets == {"/news/gale": "/news/storm/"}
    assert sheets["/news/storm/"].page.headline == "Storm"


def test_a_moved_article_leads_on_and_stands_in_its_new_section(paper: Paper) -> None:
    page = paper.write("Storm")
    page.move(paper.culture, pos="last-child")
    sheets = whole()
    assert sheets["/news/storm/"].page.target == "/culture/storm/"
    assert [card.path for card in sheets["/culture/"].page.cards] == ["/culture/storm/"]
    assert not sheets["/news/"].page.cards


def test_a_renamed_section_takes_its_articles_along(paper: Paper) -> None:
    paper.write("Storm")
    publish(paper.news, slug="reports")
    sheets = whole()
    assert sheets["/reports/storm/"].page.section.path == "/reports/"
    assert sheets["/news/storm/"].page.target == "/reports/storm/"
    assert sheets["/news/"].page.target == "/reports/"


def test_a_renamed_topic_leads_on(paper: Paper) -> None:
    paper.ice.slug = "sea-ice"
    paper.ice.save()
    assert whole()["/topics/ice/"].page.target == "/topics/sea-ice/"


def test_two_pages_may_trade_addresses(paper: Paper) -> None:
    one, two = paper.write("One"), paper.write("Two")
    publish(one, slug="three")
    publish(two, slug="one")
    publish(ArticlePage.objects.get(pk=one.pk), slug="two")
    sheets = whole()
    assert sheets["/news/one/"].page.headline == "Two"
    assert sheets["/news/two/"].page.headline == "One"


def test_a_plain_page_may_not_take_a_place_of_the_papers(paper: Paper) -> None:
    with pytest.raises(ValidationError):
        published(PlainPage(title="Support", slug="support"), under=paper.front)


def test_a_picture_without_words_for_it_is_refused(paper: Paper, picture: object) -> None:
    with pytest.raises(ValidationError, match="Say what the picture shows"):
        paper.write("Storm", picture=picture())
