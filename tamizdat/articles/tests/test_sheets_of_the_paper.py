from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale

from tamizdat.articles import actions, queries
from tamizdat.articles.models import ArticlePage, Galley
from tamizdat.articles.rules.sheets import Kind, Link
from tamizdat.articles.tests.conftest import Paper, publish, whole
from tamizdat.months import Month


def test_a_sheet_asked_for_by_its_path_equals_the_one_of_the_whole_paper(paper: Paper) -> None:
    old = paper.write("Storm")
    publish(old, slug="gale")
    paper.write("Opera", under=paper.culture)
    everything = whole()
    assert {sheet.path: sheet for sheet in queries.sheets(everything)} == everything
    for path, sheet in everything.items():
        assert list(queries.sheets([path])) == [sheet]


def test_a_new_paper_has_what_every_paper_has(paper: Paper) -> None:
    expected = {
        "/",
        "/ru/",
        "/news/",
        "/ru/news/",
        "/about/",
        "/imprint/",
        "/privacy/",
        "/costs/",
        "/ru/costs/",
    }
    expected |= {"/feed.xml", "/news/feed.xml", "/404.html", "/ru/404.html", "/sitemap.xml", "/robots.txt"}
    assert expected | {"/redirects.json", "/authors/", "/authors/ada/", "/topics/ice/"} <= whole().keys()


def test_laying_a_paper_twice_changes_nothing(paper: Paper) -> None:
    before = whole()
    actions.lay_paper(languages=["en", "ru"])
    assert whole() == before


def test_a_published_article_stands_in_every_list_that_it_belongs_to(paper: Paper) -> None:
    paper.write("Storm", kicker="Weather")
    sheets = whole()
    for path in (
        "/news/",
        "/authors/ada/",
        "/topics/ice/",
        "/2026/05/",
        "/news/2026/05/",
        "/topics/ice/2026/",
    ):
        assert [card.path for card in sheets[path].page.cards] == ["/news/storm/"]
    assert sheets["/"].page.lead.headline == "Storm"
    assert sheets["/news/"].page.months[0].month == Month(2026, 5)
    article = sheets["/news/storm/"].page
    assert article.section == Link("News", "/news/")
    assert article.authors == (Link("Ada Berg", "/authors/ada/"),)
    assert article.body == "<p>About storm.</p>"


def test_the_month_is_the_newsrooms_and_not_the_servers(paper: Paper) -> None:
    paper.write("New year", dated=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    sheets = whole()
    assert "/2026/01/" in sheets
    assert sheets["/news/new-year/"].page.published.day == 1


def test_a_list_shows_its_newest_thirty_and_the_month_shows_all(paper: Paper) -> None:
    for number in range(32):
        paper.write(f"Number {number}", dated=datetime(2026, 5, 1, number % 24, tzinfo=UTC), topics=[])
    sheets = whole()
    assert len(sheets["/news/"].page.cards) == 30
    assert len(sheets["/news/2026/05/"].page.cards) == 32
    assert len(sheets["/feed.xml"].page.entries) == 20


def test_translations_name_each_other(paper: Paper) -> None:
    page = paper.write("Storm")
    copy = page.copy_for_translation(Locale.objects.get(language_code="ru"))
    copy.save_revision().publish()
    sheets = whole()
    named = [(one.language, one.path) for one in sheets["/ru/news/storm/"].translations]
    assert named == [("en", "/news/storm/"), ("ru", "/ru/news/storm/")]
    assert sheets["/news/storm/"].translations == sheets["/ru/news/storm/"].translations
    assert sheets["/ru/news/storm/"].language == "ru"


def test_a_scheduled_article_appears_when_its_time_has_come(paper: Paper) -> None:
    page = paper.write("Later")
    page.unpublish()
    page = ArticlePage.objects.get(pk=page.pk)
    page.go_live_at = timezone.now() + timedelta(minutes=5)
    revision = page.save_revision()
    revision.publish()
    assert "/news/later/" not in whole()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    assert "/news/later/" in whole()


def test_the_number_of_queries_does_not_grow_with_the_articles(
    paper: Paper, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        paper.write(f"Number {number}")
    pages = [path for path in whole() if path.startswith("/news/number")]
    with django_assert_max_num_queries(8):
        assert len(list(queries.sheets(pages))) == 5


def test_the_paper_is_mended_after_a_kill_between_publishing_and_printing(paper: Paper) -> None:
    paper.write("Storm")
    before = whole()
    Galley.objects.filter(path="/news/storm/").delete()
    assert "/news/storm/" not in whole()
    assert actions.mend() == 1
    assert whole()["/news/storm/"] == before["/news/storm/"]
    assert actions.mend() == 0


def test_setting_everything_again_gives_the_same_paper(paper: Paper) -> None:
    paper.write("Storm")
    before = whole()
    actions.set_everything()
    assert whole() == before


def test_the_figure_stands_on_fronts_costs_and_the_newest(paper: Paper) -> None:
    paper.write("Storm")
    assert queries.paths_with_the_figure() == {"/", "/ru/", "/costs/", "/ru/costs/", "/news/storm/"}
    assert {sheet.path for sheet in whole().values() if sheet.is_recent} == queries.paths_with_the_figure()


def test_every_sheet_knows_its_kind(paper: Paper) -> None:
    sheets = whole()
    assert sheets["/costs/"].kind is Kind.COSTS
    assert sheets["/costs/"].masthead.costs == "/costs/"
    assert sheets["/about/"].kind is Kind.PLAIN
