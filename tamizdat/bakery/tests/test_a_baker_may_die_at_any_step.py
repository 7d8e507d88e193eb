"""The disk or the baker fails at every n-th rename; readers never see half, and the next run finishes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tamizdat.articles import queries as articles
from tamizdat.articles.models import ArticlePage
from tamizdat.articles.tests.conftest import Paper, publish
from tamizdat.asks import queries as asks
from tamizdat.bakery import baking, lines, manifests, oven, recipe
from tamizdat.bakery.baker import TICKER
from tamizdat.bakery.models import Build, Touch
from tamizdat.bakery.renderer import Renderer
from tamizdat.bakery.tests.conftest import bake, lying_variants, manifest, plain

LEFT = "*.aside"


Before = After = dict[str, bytes]


class Died(Exception):
    """Stands for kill -9: nothing in the bakery catches it."""


@contextmanager
def dying(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, at: int) -> Iterator[Callable[[], bool]]:
    """The at-th call of a step fails; yields whether it was reached."""
    calls, step = 0, getattr(owner, name)

    def stumbling(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise Died
        return step(*args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, stumbling)
        yield lambda: calls >= at


def edit(paper: Paper) -> None:
    publish(paper.storm, title="Storm, corrected")
    publish(ArticlePage.objects.get(slug="calm"), slug="lull")
    ArticlePage.objects.get(slug="opera").unpublish()


@pytest.fixture
def corrected(printed: Paper, site: Path, settings: Any) -> tuple[Before, After]:
    """The paper as it was baked, then edited but not baked: what stands, and what a whole bake would give."""
    bake(everything=True)
    before = plain(site)
    edit(printed)
    return before, baked_anew(site, settings)


def baked_anew(site: Path, settings: Any) -> After:
    settings.SITE = site.with_name("anew")
    renderer = Renderer()
    for sheet in articles.sheets():
        oven.write(sheet.path, renderer.render(sheet))
    oven.write(TICKER, recipe.as_json(asks.ticker()))
    settings.SITE = site
    return plain(site.with_name("anew"))


@pytest.mark.parametrize("step", ["_replace", "write", "remove"])
def test_every_file_is_whole_and_the_next_bake_finishes(
    corrected: tuple[Before, After], site: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    old, new = corrected
    touches, at, died = Touch.objects.count(), 0, True
    while died:
        at += 1
        with dying(monkeypatch, oven, step, at=at) as has_died:
            try:
                bake()
            except Died:
                assert Touch.objects.count() == touches
            died = has_died()
        assert lying_variants(site) == []
        for name, said in plain(site).items():
            assert said in (old.get(name), new.get(name)), name
    assert at > 1
    assert plain(site) == new
    assert Touch.objects.count() == 0
    assert not list(site.rglob(LEFT))


@pytest.mark.parametrize(
    "owner, step", [(manifests, "manifest_part"), (manifests, "manifest"), (Build.objects, "create")]
)
def test_a_baker_that_dies_before_it_announced_the_build_leaves_that_to_the_next(
    corrected: tuple[Before, After], owner: Any, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Build.objects.latest().pk
    with dying(monkeypatch, owner, step, at=1), pytest.raises(Died):
        bake()
    assert bake() == before + 1
    assert Build.objects.latest().pk == before + 1
    assert "news/opera/index.html" not in manifest(oven.site_file("/").parent)[1]
    assert bake(everything=True) is None


def test_what_a_dead_baker_wrote_is_taken_away_when_it_is_withdrawn(
    printed: Paper, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bake()
    page = printed.write("Secret")
    with dying(monkeypatch, lines, "write", at=1), pytest.raises(Died):
        bake()
    assert (site / "news/secret/index.html").is_file()
    ArticlePage.objects.get(pk=page.pk).unpublish()
    bake()
    assert not (site / "news/secret").exists()


def test_what_a_dead_baker_wrote_is_put_back_when_the_change_is(
    printed: Paper, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bake()
    publish(printed.storm, title="Wrong")
    with dying(monkeypatch, lines, "write", at=1), pytest.raises(Died):
        bake()
    publish(ArticlePage.objects.get(pk=printed.storm.pk), title="Storm")
    bake()
    assert not [name for name, said in plain(site).items() if b"Wrong" in said]


def test_a_touch_that_comes_during_a_bake_waits_for_the_next(printed: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    late = Touch(path="/news/")
    finish = baking._finish
    monkeypatch.setattr(baking, "_finish", lambda *a, **k: (late.save(), finish(*a, **k))[1])
    bake()
    assert list(Touch.objects.values_list("path", flat=True)) == ["/news/"]
