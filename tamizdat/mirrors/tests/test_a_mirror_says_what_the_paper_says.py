"""A mirror gets the difference, the manifest last; a push may die at any step."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tamizdat.bakery.models import Build
from tamizdat.mirrors import actions, directories, queries
from tamizdat.mirrors.models import Push
from tamizdat.mirrors.rules import Difference, difference
from tamizdat.newsroom.configuration import Mirror

FIRST = {"index.html": "front", "news/storm/index.html": "storm", "news/calm/index.html": "calm"}
SECOND = {"index.html": "new front", "news/calm/index.html": "calm", "about/index.html": "about"}


@pytest.fixture
def there(settings: Any, tmp_path: Path) -> Path:
    """The mirror's directory, named in the configuration."""
    settings.SITE, settings.DATA = tmp_path / "site", tmp_path
    mirror = Mirror(name="attic", directory=str(tmp_path / "attic"))
    settings.NEWSROOM = replace(settings.NEWSROOM, mirrors=(mirror,))
    (tmp_path / "attic").mkdir()
    return tmp_path / "attic"


@pytest.fixture
def build(settings: Any, there: Path, db: None) -> Callable[[dict[str, str]], None]:
    def bake(files: dict[str, str]) -> None:
        shutil.rmtree(settings.SITE, ignore_errors=True)
        number = Build.objects.create(written=len(files), removed=0).pk
        parts: dict[str, dict[str, Any]] = {}
        for name, said in files.items():
            part = parts.setdefault(f"manifests/{len(name) % 4:02x}.json", {})
            part[name] = {"sha256": sha256(said.encode()).hexdigest()}
        told = {name: json.dumps({"files": listed}) for name, listed in parts.items()}
        head = {name: sha256(said.encode()).hexdigest() for name, said in told.items()}
        for name, said in {**files, **told, "manifest.json": json.dumps({"build": number, "parts": head})}.items():
            for ending in ("", ".br", ".gz"):
                file = settings.SITE / (name + ending)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(said + ending)

    return bake


def held(directory: Path) -> dict[str, bytes]:
    return {f.relative_to(directory).as_posix(): f.read_bytes() for f in directory.rglob("*") if f.is_file()}


def test_a_mirror_gets_every_build_whole(build: Any, there: Path, settings: Any) -> None:
    for files in (FIRST, SECOND):
        build(files)
        assert actions.push_due() == []
        assert held(there) == held(settings.SITE)
    assert not (there / "news/storm").exists()


def test_only_the_difference_is_carried(build: Any, there: Path) -> None:
    build(FIRST)
    actions.push_due()
    before = {file: file.stat().st_ino for file in there.rglob("calm/*")}
    build(SECOND)
    actions.push_due()
    assert before and {file: file.stat().st_ino for file in there.rglob("calm/*")} == before
    stamps = {file: file.stat().st_mtime_ns for file in there.rglob("*")}
    assert actions.push_due() == []
    assert {file: file.stat().st_mtime_ns for file in there.rglob("*")} == stamps


def test_what_is_not_ours_is_left_alone(build: Any, there: Path) -> None:
    (there / "news/storm").mkdir(parents=True)
    (there / "news/storm/note.txt").write_text("mine")
    (there / "CNAME").write_text("mirror.example")
    for files in (FIRST, SECOND):
        build(files)
        actions.push_due()
    assert (there / "news/storm/note.txt").read_text() == "mine"
    assert (there / "CNAME").read_text() == "mirror.example"
    assert not (there / "news/storm/index.html").exists()


def test_the_manifest_comes_last_and_a_push_that_died_is_finished(
    build: Any, there: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(FIRST)
    actions.push_due()
    old = (there / "manifest.json").read_bytes()
    build(SECOND)
    rename, calls = os.replace, iter(range(1, 100))

    def full(source: Any, target: Any) -> None:
        if next(calls) == 4:
            raise OSError(28, "No space left on device")
        rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        (problem,) = actions.push_due()
    assert "attic" in problem and "No space left" in problem
    assert (there / "manifest.json").read_bytes() == old
    assert queries.self_checks() == [problem]
    assert actions.push_due() == queries.self_checks() == []
    assert {name: said for name, said in held(there).items() if ".aside" not in name} == held(settings.SITE)


@pytest.mark.parametrize("at", range(1, 11))
def test_what_a_dead_push_carried_does_not_outlive_the_next_build(
    build: Any, there: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """The second build is half carried, then everything goes back to the first: nothing of the second stays."""
    build(FIRST)
    actions.push_due()
    build(SECOND)
    rename, calls = os.replace, iter(range(1, 100))

    def dying(source: Any, target: Any) -> None:
        rename(source, target)
        if next(calls) == at:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(os, "replace", dying)
        actions.push_due()
    build(FIRST)
    assert actions.push_due() == []
    assert {name for name in held(there) if name.endswith(".html")} == FIRST.keys()
    assert (there / "index.html").read_text() == "front"
    assert not (there / directories.UNDERWAY).exists()


@pytest.mark.parametrize("name", ["index.html", "about/index.html", "manifests/02.json"])
def test_what_a_dead_baker_left_is_not_carried(build: Any, there: Path, settings: Any, name: str) -> None:
    build(FIRST)
    actions.push_due()
    before = held(there)
    build(SECOND)
    for leave in ((settings.SITE / name).unlink, partial((settings.SITE / name).write_text, "newer")):
        leave()
        (problem,) = actions.push_due()
        assert problem == f"The mirror attic waits for the next bake: {name} is not what the manifest says"
        assert held(there) == before
    build(SECOND)
    assert actions.push_due() == queries.self_checks() == []
    assert held(there) == held(settings.SITE)


def test_a_missing_directory_is_a_sentence_and_tried_again(build: Any, there: Path, settings: Any) -> None:
    build(FIRST)
    there.rmdir()
    (problem,) = actions.push_due()
    assert problem.startswith("The mirror attic was not reached:")
    assert problem.endswith("make it, or mount it, and the next push fills it")
    assert queries.self_checks() == [problem]
    there.mkdir()
    assert actions.push_due() == queries.self_checks() == []
    assert held(there) == held(settings.SITE)
    assert Push.objects.get().pushed_at


def test_a_mirror_that_is_behind_is_named(build: Any, there: Path) -> None:
    build(FIRST)
    assert queries.self_checks() == ["The mirror attic is behind; `tamizdat push` brings it up."]


def test_a_manifest_that_cannot_be_read_means_that_all_is_carried(build: Any, there: Path, settings: Any) -> None:
    build(FIRST)
    (there / "manifest.json").write_text("{half")
    assert actions.push_due() == []
    assert held(there) == held(settings.SITE)


@pytest.mark.parametrize(
    "manifest",
    [
        '{"files": {"../letter.txt": {"sha256": ""}}}',
        '{"parts": {"evil.json": ""}}',
        '{"parts": {"../letter.txt": ""}}',
    ],
)
def test_a_manifest_on_the_mirror_cannot_reach_outside_it(build: Any, there: Path, manifest: str) -> None:
    (there.parent / "letter.txt").write_text("mine")
    (there / "manifest.json").write_text(manifest)
    (there / "evil.json").write_text('{"files": {"../letter.txt": {"sha256": ""}}}')
    build(FIRST)
    actions.push_due()
    assert (there.parent / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize(
    "ours, theirs, changed, gone",
    [
        ({}, {}, (), ()),
        ({"b": "1", "a": "1"}, {}, ("a", "b"), ()),
        ({"a": "1"}, {"a": "1"}, (), ()),
        ({"a": "2"}, {"a": "1"}, ("a",), ()),
        ({"a": "1"}, {"a": "1", "c": "1", "b": "1"}, (), ("b", "c")),
    ],
)
def test_the_difference(
    ours: dict[str, str], theirs: dict[str, str], changed: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    assert difference(ours, theirs) == Difference(changed=changed, gone=gone)


def test_smaller_variants_go_to_mirrors_that_hold_the_same_file(build: Any, there: Path, settings: Any) -> None:
    build(FIRST)
    actions.push_due()
    build({**FIRST, "index.html": "newer"})
    for name in ("index.html", "news/storm/index.html"):
        (settings.SITE / (name + ".br")).write_text("smaller")
    actions.carry_variants(["/", "/news/storm/", "/not/there/"])
    assert (there / "index.html.br").read_text() == "front.br"
    assert (there / "news/storm/index.html.br").read_text() == "smaller"


def test_a_mirror_that_is_away_does_not_keep_others_from_smaller_variants(
    build: Any, there: Path, settings: Any, tmp_path: Path
) -> None:
    away = Mirror(name="away", directory=str(tmp_path / "away"))
    settings.NEWSROOM = replace(settings.NEWSROOM, mirrors=(away, *settings.NEWSROOM.mirrors))
    build(FIRST)
    actions.push_due()
    (settings.SITE / "index.html.gz").write_text("smaller")
    actions.carry_variants(["/"])
    assert (there / "index.html.gz").read_text() == "smaller"
