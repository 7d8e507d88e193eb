"""Content becomes pages, tied across languages, with links that stay in the reader's language."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from tamizdat.articles import actions as articles
from tamizdat.articles.models import ArticlePage, Galley
from tamizdat.asks.board import value
from tamizdat.asks.models import Ask
from tamizdat.asks.rules.wordings import hints
from tamizdat.dashboard import actions as dashboard
from tamizdat.demo import building
from tamizdat.demo.building import Builder, published_at
from tamizdat.demo.reading import read, read_ask
from tamizdat.ledger import queries as ledger
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom

PAPER = read()
# Two articles that link to each other and to nothing else.
PAIR = tuple(a for a in PAPER.articles if a.slug in {"postcards-verdict", "court-calendar"})


@pytest.fixture
def filled(training):
    dashboard.make_roles()
    articles.lay_paper(languages=newsroom.configuration().paper.languages)
    Builder(replace(PAPER, pages=(), articles=PAIR), now=timezone.now()).build()


def test_a_translation_is_tied_to_its_original_and_stands_in_its_own_tree(filled):
    pages = {page.site_path: page for page in ArticlePage.objects.all()}
    english, russian = pages["/news/postcards-verdict/"], pages["/ru/news/postcards-verdict/"]
    assert english.translation_key == russian.translation_key
    assert [author.author.title for author in russian.bylines.all()] == ["Илья Скворонский"]
    assert {topic.name for topic in russian.topics.all()} == {"Суды", "Свобода печати"}


def test_a_link_leads_to_the_translation_where_there_is_one(filled):
    body = Galley.objects.get(path="/ru/news/postcards-verdict/").body
    assert 'href="site:/ru/investigations/court-calendar/"' in body


def test_articles_are_dated_in_the_past(filled):
    dates = list(Galley.objects.filter(kind="article").values_list("published", flat=True))
    assert len(dates) == 4
    assert max(dates) < timezone.now() - timedelta(days=140)


@pytest.mark.django_db
def test_no_article_is_published_in_the_future_even_just_after_midnight(training):
    midnight = timezone.now().replace(hour=22, minute=1)
    assert all(published_at(article, midnight) < midnight for article in PAPER.articles)


def test_the_costs_of_this_month_are_the_need(training):
    building.add_costs(PAPER)
    month = Month.of(newsroom.today())
    assert ledger.need(month, "USD").minor == 1_000_000
    assert next(iter(ledger.costs(month, "ar"))).name.startswith("أجور")


def test_each_role_gets_a_login_with_a_password_of_its_own(training):
    dashboard.make_roles()
    logins = building.add_logins()
    assert set(logins) == {"journalist", "editor", "fundraiser", "treasurer"}
    for name, password in logins.items():
        user = get_user_model().objects.get(username=name)
        assert user.check_password(password)
        assert not user.is_superuser


def test_an_ask_waits_for_an_editor(training):
    building.draft_ask(read_ask())
    ask = Ask.objects.get()
    assert (ask.live, [child.value["name"] for child in ask.wordings]) == (False, ["need", "winter"])
    assert [hint for variant in value(ask).variants for text in variant.texts.values()
            for hint in hints(ask.placement, text)] == []  # fmt: skip
