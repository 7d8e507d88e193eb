"""The files that an edit rewrites are those that differ between the whole paper before it and after it."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from django.db import transaction

from tamizdat.articles import actions
from tamizdat.bakery.models import Touch
from tamizdat.bakery.tests.conftest import bake, lying_variants, manifest, plain, standing, whole_paper
from tamizdat.bakery.tests.desk import Desk
from tamizdat.bakery.tests.edits import edit
from tamizdat.newsroom import queries as newsroom
from tests.soak import SEED, record, tries

N = tries(soak=500, test=24)
ARTICLES = 30
# Front pages show the newest eight of a section, so lists must not be shorter.
SHORT = {"RECENT": 8, "LISTED": 8, "FED": 4, "IN_THE_NEWS": 3, "LONG_LISTED": 8, "CARDS": 3, "NAMES": 4, "PLACES": 5}
Files = dict[str, str]  # name to digest


@pytest.fixture
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is cut off after so many is cut off early, so that a small paper has every kind of edge."""
    for module in [one for name, one in sys.modules.items() if name.startswith("tamizdat.articles.")]:
        for name, many in SHORT.items():
            if name in vars(module):
                monkeypatch.setattr(module, name, many)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, short_lists: None, training: None) -> Desk:
    """One whose day is not ours."""
    there, today = Desk(Random(SEED)), newsroom.today
    monkeypatch.setattr(newsroom, "today", lambda now=None: today(now) if now else there.today)
    there.furnish(articles=ARTICLES)
    return there


@pytest.mark.timeout(3600)
def test_an_edit_rewrites_the_files_that_differ_and_no_others(desk: Desk, site: Path) -> None:
    bake(everything=True)
    before, stamps = whole_paper(), changes_of(site)
    done: Counter[str] = Counter()
    figures: Counter[str] = Counter()
    while done.total() < N:
        name = edit(desk)
        touches = set(Touch.objects.values_list("path", flat=True))
        bake()
        after, said = whole_paper(), changes_of(site)
        which = f"edit {done.total()} of seed {SEED}: {name}"
        rewritten = different(stamps, said)
        assert rewritten == different(before, after), which
        assert standing(site) == after, which
        before, stamps = after, said
        done[name] += 1
        figures += Counter(touched=len(touches), rewritten=len(rewritten), whole=Touch.EVERYTHING in touches)
        if done.total() % 20 == 0:
            refreshed, set_anew = from_nothing()
            assert set_anew == refreshed, which
    assert manifest(site)[1].keys() == after.keys()
    assert lying_variants(site) == []
    record("edits", n=N, seed=SEED, kinds=len(done), files=len(after), **figures)


def from_nothing() -> tuple[Files, Files]:
    """The paper after a night, and the same when every page has been set from nothing, too."""
    with rolled_back():
        actions.refresh_read_more(newest=10_000)
        refreshed = whole_paper()
        actions.set_everything()
        return refreshed, whole_paper()


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def changes_of(site: Path) -> Files:
    """When each file was last written."""
    return {name: str((site / name).stat().st_mtime_ns) for name in plain(site)}


def different(one: Files, other: Files) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
