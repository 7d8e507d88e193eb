"""The files that an edit rewrites are those that differ between the whole paper before it and after it."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from tamizdat.articles import actions, catalogue, galleys, list_sheets, other_sheets
from tamizdat.articles import queries as articles
from tamizdat.asks import queries as asks
from tamizdat.bakery import recipe
from tamizdat.bakery.baker import TICKER
from tamizdat.bakery.models import Touch
from tamizdat.bakery.renderer import Renderer
from tamizdat.bakery.rules import file_name
from tamizdat.bakery.tests.conftest import bake, lying_variants, manifest, plain
from tamizdat.bakery.tests.desk import Desk, NothingToEdit
from tamizdat.bakery.tests.edits import EDITS, PROMISED
from tests.soak import SEED, record, tries

N = tries(soak=500, test=40)
ARTICLES = 30
Files = dict[str, str]  # name to digest


@pytest.fixture
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is cut off after so many is cut off early, so that a small paper has every kind of edge."""
    for owner, name, many in (
        (catalogue, "RECENT", 8), (galleys, "RECENT", 8), (list_sheets, "NEWEST", 5), (other_sheets, "IN_A_FEED", 5),
    ):  # fmt: skip
        monkeypatch.setattr(owner, name, many)


@pytest.mark.timeout(3600)
def test_an_edit_rewrites_the_files_that_differ_and_no_others(
    site: Path, picture: Any, short_lists: None, training: None
) -> None:
    desk = Desk(Random(SEED), picture)
    desk.furnish(articles=ARTICLES)
    bake(everything=True)
    before, stamps = anew(), changes_of(site)
    done: Counter[str] = Counter()
    figures: Counter[str] = Counter()
    while done.total() < N:
        name = edited(desk)
        if name is None:
            continue
        touches = set(Touch.objects.values_list("path", flat=True))
        bake()
        after, said = anew(), changes_of(site)
        differing, rewritten = different(before, after), different(stamps, said)
        edit = f"edit {done.total()} of seed {SEED}: {name}"
        assert rewritten == differing, edit
        assert {file: digest(site / file) for file in rewritten & after.keys()} == part(after, rewritten), edit
        before, stamps = after, said
        done[name] += 1
        figures += Counter(touched=len(touches), rewritten=len(rewritten), whole=Touch.EVERYTHING in touches)
        if done.total() % 20 == 0:
            refreshed, set_anew = from_nothing()
            assert set_anew == refreshed, edit
    assert {name: digest(site / name) for name in plain(site)} == after
    assert manifest(site)[1].keys() == after.keys()
    assert lying_variants(site) == []
    record("edits", n=N, seed=SEED, kinds=len(done), files=len(after), **figures)


def edited(desk: Desk) -> str | None:
    """The name of a random edit that was made; None when there was nothing to do it to, or the desk refused it."""
    edit = desk.chance.choice(PROMISED if desk.chance.random() < 0.5 else EDITS)
    try:
        with transaction.atomic():
            edit(desk)
    except (NothingToEdit, ValidationError):
        return None
    return edit.__name__


def anew() -> Files:
    """What a bake of the whole paper from nothing gives."""
    renderer = Renderer()
    files = {file_name(sheet.path): renderer.render(sheet) for sheet in articles.sheets()}
    files[TICKER[1:]] = recipe.as_json(asks.ticker())
    return {name: hashlib.sha256(said).hexdigest() for name, said in files.items()}


def from_nothing() -> tuple[Files, Files]:
    """The paper after a night, and the same when every page has been set from nothing, too."""
    with rolled_back():
        actions.refresh_read_more(newest=10_000)
        refreshed = anew()
        actions.set_everything()
        return refreshed, anew()


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def changes_of(site: Path) -> Files:
    """When each file was last written."""
    return {name: str((site / name).stat().st_mtime_ns) for name in plain(site)}


def different(one: Files, other: Files) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def part(files: Files, names: set[str]) -> Files:
    return {name: files[name] for name in names & files.keys()}
