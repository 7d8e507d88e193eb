from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.template import engines

from tamizdat.articles.tests.conftest import Paper
from tamizdat.asks.actions import take_figure
from tamizdat.bakery import actions, queries, recipe
from tamizdat.bakery.models import Build, Touch
from tamizdat.bakery.tests.conftest import bake, plain
from tamizdat.ledger.actions import add_cost, post
from tamizdat.ledger.rules.entries import Line
from tamizdat.money import Money
from tamizdat.months import Month
from tamizdat.newsroom import queries as newsroom

MONTH, NOON = Month(2026, 5), datetime(2026, 5, 5, 9, tzinfo=UTC)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newsroom, "today", lambda now=None: NOON.date())


def raise_money(minor: int) -> None:
    lines = [Line("income:gifts", Money(-minor, "USD")), Line("assets:practice", Money(minor, "USD"))]
    post(key=f"gift {minor}", on=NOON.date(), what="a gift", lines=lines)


def touched() -> set[str]:
    return set(Touch.objects.values_list("path", flat=True))


def test_a_changed_recipe_bakes_everything_again(
    printed: Paper, site: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bake(everything=True)
    assert not actions.touch_if_stale()
    paper = replace(settings.NEWSROOM.paper, name="The Other Gazette")
    settings.NEWSROOM = replace(settings.NEWSROOM, paper=paper)
    monkeypatch.setitem(engines["reader"].env.globals, "newsroom", settings.NEWSROOM)
    assert actions.touch_if_stale()
    bake()
    assert not actions.touch_if_stale()
    pages = [file for name, file in plain(site).items() if name.endswith("index.html")]
    assert pages and all(b"The Other Gazette" in page for page in pages)


def test_a_template_is_part_of_the_recipe(printed: Paper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bake(everything=True)
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / "front.html").write_text("new")
    monkeypatch.setattr(recipe, "READER", tmp_path / "reader")
    recipe._files.cache_clear()
    try:
        assert actions.touch_if_stale()
    finally:
        recipe._files.cache_clear()


def test_a_recipe_counts_as_used_only_when_the_whole_paper_was_baked(printed: Paper) -> None:
    Touch.objects.all().delete()
    actions.touch(paths={"/"})
    bake()
    assert actions.touch_if_stale()


def test_a_new_figure_touches_fronts_costs_and_the_newest_alone(
    printed: Paper, today: None, django_capture_on_commit_callbacks: Any
) -> None:
    add_cost(names={"en": "Everything"}, amount=Money(10_000, "USD"), first=MONTH, by="test")
    with django_capture_on_commit_callbacks(execute=True):
        take_figure(now=NOON)
    assert touched() >= {Touch.EVERYTHING}, "the first need changes every page that asks"
    bake(everything=True)
    with django_capture_on_commit_callbacks(execute=True):
        raise_money(500)
        take_figure(now=NOON.replace(minute=1))
    articles = {"/news/storm/", "/news/calm/", "/culture/opera/", "/ru/news/led/", "/ru/news/storm/"}
    assert touched() == {"/", "/ru/", "/costs/", "/ru/costs/", "/ticker.json"} | articles
    assert queries.waiting() == len(touched())


def test_the_figure_stands_in_its_pages_and_the_ticker(
    printed: Paper, site: Path, today: None, django_capture_on_commit_callbacks: Any
) -> None:
    add_cost(names={"en": "Everything"}, amount=Money(10_000, "USD"), first=MONTH, by="test")
    raise_money(555)
    with django_capture_on_commit_callbacks(execute=True):
        take_figure(now=NOON)
    bake()
    for name in ("index.html", "costs/index.html", "news/storm/index.html"):
        assert b"$5.55" in (site / name).read_bytes(), name
    assert b'"gap": 9445' in (site / "ticker.json").read_bytes()
    assert Build.objects.count() == 1


@pytest.mark.parametrize("path", ["news/", "/../keys/", "http://elsewhere.example/"])
def test_what_is_no_path_of_the_paper_is_refused_in_words(printed: Paper, path: str) -> None:
    with pytest.raises(CommandError, match="is no site path"):
        call_command("bake", path)
