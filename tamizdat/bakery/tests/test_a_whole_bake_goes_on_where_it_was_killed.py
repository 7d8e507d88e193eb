"""A bake of the whole paper says how far it is; after a kill the next one does what is left and nothing else."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tamizdat.articles import queries as articles
from tamizdat.articles.models import ArticlePage
from tamizdat.articles.tests.conftest import Paper, publish
from tamizdat.bakery import actions
from tamizdat.bakery.baker import Baker
from tamizdat.bakery.models import Touch, Underway
from tamizdat.bakery.tests.conftest import bake, standing, whole_paper


class Died(Exception):
    """Stands for kill -9: nothing in the bakery catches it."""


def dying_after(batches: int) -> Callable[[int, int], None]:
    def step(done: int, of: int) -> None:
        if done == batches:
            raise Died

    return step


@pytest.fixture
def broken_off(printed: Paper) -> list[str]:
    """A bake that died half way; the names of the batches that were safe."""
    actions.touch(paths=None)
    with pytest.raises(Died):
        actions.bake_touched(step=dying_after(len(articles.batches()) // 2))
    return list(Underway.objects.get().done)


@pytest.fixture
def baked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the batches that are baked from now on."""
    names: list[str] = []
    bake_batch = Baker.bake_batch

    def noting(self: Baker, batch: articles.Batch) -> Any:
        names.append(batch.name)
        return bake_batch(self, batch)

    monkeypatch.setattr(Baker, "bake_batch", noting)
    return names


def test_batches_that_were_safe_are_not_done_again(broken_off: list[str], baked: list[str], site: Path) -> None:
    bake()
    everything = [batch.name for batch in articles.batches()]
    assert baked == everything[len(broken_off) :] and baked
    assert standing(site) == whole_paper()
    assert not Underway.objects.exists() and not Touch.objects.exists()


def test_what_was_edited_in_between_is_right_too(
    broken_off: list[str], baked: list[str], site: Path, printed: Paper
) -> None:
    publish(printed.storm, title="Storm, corrected")
    ArticlePage.objects.get(slug="opera").unpublish()
    bake()
    assert not set(baked) & set(broken_off)
    assert standing(site) == whole_paper()


def test_what_was_edited_when_all_batches_were_safe_is_right_and_waits_for_nobody(printed: Paper, site: Path) -> None:
    actions.touch(paths=None)
    with pytest.raises(Died):
        actions.bake_touched(step=dying_after(len(articles.batches())))
    publish(printed.storm, title="Storm, corrected")
    bake()
    assert standing(site) == whole_paper()
    assert not Touch.objects.exists()


def test_when_the_whole_paper_is_asked_for_again_all_is_done_again(
    broken_off: list[str], baked: list[str], site: Path
) -> None:
    bake(everything=True)
    assert set(baked) >= set(broken_off)
    assert standing(site) == whole_paper()


def test_what_a_killed_bake_had_met_goes_when_it_has_gone_since(printed: Paper, site: Path) -> None:
    actions.touch(paths=None)
    with pytest.raises(Died):
        actions.bake_touched(step=dying_after(len(articles.batches())))
    printed.storm.get_parent().specific.delete()
    Touch.objects.exclude(path=Touch.EVERYTHING).delete()  # the whole paper is asked for: that must be enough
    bake(everything=True)
    assert standing(site) == whole_paper()


def test_it_says_how_many_of_how_many_batches_are_done(printed: Paper) -> None:
    steps: list[tuple[int, int]] = []
    actions.touch(paths=None)
    actions.bake_touched(step=lambda done, of: steps.append((done, of)))
    count = len(articles.batches())
    assert steps == [(done, count) for done in range(1, count + 1)]


def test_whoever_looks_on_sees_how_far_it_is(printed: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True, raising=False)
    call_command("bake", stdout=screen)
    count = len(articles.batches())
    assert f"\r{count // 2} of {count} batches" in screen.getvalue()
    assert f"\r{count} of {count} batches\n" in screen.getvalue()
