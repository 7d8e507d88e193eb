"""A whole bake packs quickly; a packer makes every variant as small as it can be, and no reader meets a wrong one."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tamizdat.articles.tests.conftest import Paper, publish
from tamizdat.bakery import actions, locks, oven, repacking
from tamizdat.bakery.beside import Beside
from tamizdat.bakery.models import BakedFile
from tamizdat.bakery.packing import BEST, packed
from tamizdat.bakery.rules import MANIFEST, file_name
from tamizdat.bakery.tests.conftest import bake, lying_variants, plain, tree


def loose(site: Path) -> list[str]:
    """Files whose variants are larger than they need be."""
    return [
        name
        for name, said in plain(site).items()
        if oven.has_variants(f"/{name}")
        for variant, best in packed(said, BEST).items()
        if (site / (name + variant)).stat().st_size > len(best)
    ]


def test_after_a_bake_the_packer_makes_everything_as_small_as_can_be(printed: Paper, site: Path) -> None:
    bake(everything=True)
    before, loose_before = plain(site), loose(site)
    actions.repack()
    assert loose_before
    assert (loose(site), lying_variants(site), plain(site)) == ([], [], before)
    assert not BakedFile.objects.filter(can_shrink=True).exists()


def test_smaller_variants_bear_the_time_of_their_file(printed: Paper, site: Path) -> None:
    """Servers tell by time and size whether a reader's copy is still good."""
    bake(everything=True)
    actions.repack()
    for name in plain(site):
        variants = [site / (name + one) for one in oven.VARIANTS if (site / (name + one)).exists()]
        assert {int(one.stat().st_mtime) for one in variants} <= {int((site / name).stat().st_mtime)}


def test_what_a_correction_rewrites_is_packed_again(printed: Paper, site: Path) -> None:
    bake(everything=True)
    actions.repack()
    publish(printed.storm, title="Storm, corrected")
    bake()
    assert 0 < BakedFile.objects.filter(can_shrink=True).count() < BakedFile.objects.count()
    actions.repack()
    assert loose(site) == []


def test_what_a_baker_changed_meanwhile_is_left_alone(printed: Paper, site: Path) -> None:
    bake(everything=True)
    while some := repacking.pack_some():
        publish(printed.storm, title=f"Storm {some[0].path}")
        bake()
        repacking.put(some)
        assert lying_variants(site) == []
        if BakedFile.objects.filter(can_shrink=True, path__in=[one.path for one in some]).exists():
            return
    pytest.fail("no file changed between packing and putting")


def test_a_packer_that_dies_at_any_step_leaves_no_wrong_variant(
    printed: Paper, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bake(everything=True)
    replace: Callable[..., None] = os.replace
    calls = 0

    def dying(*names: Any) -> None:
        nonlocal calls
        calls += 1
        if calls % 5 == 0:
            raise InterruptedError
        replace(*names)

    monkeypatch.setattr(os, "replace", dying)
    while BakedFile.objects.filter(can_shrink=True).exists():
        try:
            actions.repack()
        except InterruptedError:
            assert lying_variants(site) == []
    assert loose(site) == []


def test_a_touch_that_comes_meanwhile_is_baked_after(printed: Paper, site: Path) -> None:
    bake(everything=True)
    publish(printed.storm, title="Storm, corrected")
    with actions.the_only_baker():
        actions.bake_left()  # a worker would not wait
        assert "Storm, corrected" not in (site / file_name(printed.storm.site_path)).read_text("utf-8")
    bake()
    assert "Storm, corrected" in (site / file_name(printed.storm.site_path)).read_text("utf-8")


def test_a_second_packer_leaves_it_to_the_first(printed: Paper, site: Path) -> None:
    bake(everything=True)
    with locks.the_only_packer():
        actions.repack()
    assert not BakedFile.objects.filter(can_shrink=False).exclude(path__startswith="/pictures/").exists()


def test_a_packer_is_started_once_and_only_for_what_can_shrink(
    printed: Paper, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Beside("version")
    slow.command = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(repacking, "_packer", slow)
    actions.start_packer()
    assert not slow.is_running()
    bake(everything=True)
    actions.start_packer()
    first = slow.process
    actions.start_packer()
    try:
        assert first and slow.process is first and slow.is_running()
    finally:
        if first:
            first.kill()
            first.wait()
    assert not slow.is_running()


def test_pictures_and_the_manifest_are_left_as_they_are(printed: Paper, site: Path) -> None:
    bake(everything=True)
    actions.repack()
    assert not [name for name in tree(site) if name.startswith((MANIFEST[1:], "pictures/")) and name.endswith(".br")]
