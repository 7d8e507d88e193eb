import json
from pathlib import Path
from typing import Any

from tamizdat.articles import queries as articles
from tamizdat.articles.models import ArticlePage
from tamizdat.articles.tests.conftest import Paper, publish
from tamizdat.bakery import oven
from tamizdat.bakery.models import BakedFile, Build, Touch
from tamizdat.bakery.oven import PACKED_ALREADY
from tamizdat.bakery.renderer import render
from tamizdat.bakery.rules import file_name, part_of
from tamizdat.bakery.tests.conftest import bake, lying_variants, manifest, plain, tree


def test_the_same_sheet_gives_the_same_bytes(printed: Paper) -> None:
    once = {sheet.path: render(sheet) for sheet in articles.sheets()}
    again = {sheet.path: render(sheet) for sheet in articles.sheets()}
    assert once == again


def test_publishing_makes_a_file_and_unpublishing_takes_it_away_with_its_folder(printed: Paper, site: Path) -> None:
    bake()
    page = printed.write("Fog")
    bake()
    assert b"About fog." in (site / "news/fog/index.html").read_bytes()
    assert b"Fog" in (site / "index.html").read_bytes()
    ArticlePage.objects.get(pk=page.pk).unpublish()
    bake()
    assert not (site / "news/fog").exists()
    assert (site / "news/index.html").is_file()
    assert b"Fog" not in (site / "index.html").read_bytes()
    assert not BakedFile.objects.filter(path="/news/fog/").exists()


def test_a_changed_slug_leaves_a_page_that_leads_on(printed: Paper, site: Path) -> None:
    bake()
    publish(ArticlePage.objects.get(slug="calm"), slug="lull")
    bake()
    stub = (site / "news/calm/index.html").read_text("utf-8")
    assert 'content="0; url=../../news/lull/"' in stub
    assert "/news/lull/" in json.loads((site / "redirects.json").read_bytes()).values()
    assert (site / "news/lull/index.html").is_file()


def test_every_file_has_variants_that_say_the_same(printed: Paper, site: Path) -> None:
    bake(everything=True)
    files = tree(site)
    assert lying_variants(site) == []
    for name in plain(site):
        has_both = name + ".br" in files and name + ".gz" in files
        assert has_both is not name.endswith(PACKED_ALREADY), name


def test_a_file_changes_in_a_second_of_its_own_with_its_variants(site: Path) -> None:
    seconds = []
    for content in (b"cat" * 100, b"dog" * 100):
        oven.write("/feed.xml", content)
        written = {(site / name).stat().st_mtime for name in ("feed.xml", "feed.xml.br", "feed.xml.gz")}
        assert len(written) == 1
        seconds += written
    assert seconds[0] < seconds[1] and seconds[0] % 1 == 0


def test_the_manifest_lists_every_file_with_its_digest(printed: Paper, site: Path) -> None:
    number = bake(everything=True)
    build, files = manifest(site)
    rows = {file_name(row.path): row.digest for row in BakedFile.objects.all()}
    assert build == number == Build.objects.latest().pk
    assert {name: file["sha256"] for name, file in files.items()} == rows
    assert rows.keys() == plain(site).keys()


def test_an_edit_rewrites_the_parts_of_the_manifest_that_changed_and_no_others(printed: Paper, site: Path) -> None:
    bake(everything=True)
    before = {file: file.read_bytes() for file in (site / "manifests").iterdir()}
    publish(printed.storm, title="Storm, corrected")
    number = bake()
    build, files = manifest(site)
    written = {name for name, file in files.items() if file["build"] == number}
    changed = {file.name for file, said in before.items() if not file.exists() or file.read_bytes() != said}
    assert build == number
    assert changed == {f"{part_of(path):02x}.json" for path in paths_of(written)}
    assert len(changed) < len(before)


def paths_of(names: set[str]) -> set[str]:
    return {"/" + name.removesuffix("index.html") for name in names}


def test_what_edits_touched_equals_the_whole_paper_baked_anew(printed: Paper, site: Path, settings: Any) -> None:
    bake(everything=True)
    publish(printed.storm, title="Storm, corrected")
    printed.write("Fog")
    ArticlePage.objects.get(slug="opera").unpublish()
    bake()
    step_by_step = plain(site)
    settings.SITE = site.with_name("anew")
    BakedFile.objects.all().delete()
    bake(everything=True)
    anew = plain(settings.SITE)
    assert step_by_step == anew


def test_baking_twice_writes_nothing(printed: Paper, site: Path) -> None:
    bake(everything=True)
    stamps = {file: file.stat().st_mtime_ns for file in site.rglob("*") if file.is_file()}
    builds = Build.objects.count()
    assert bake(everything=True) is None
    assert bake() is None
    assert {file: file.stat().st_mtime_ns for file in site.rglob("*") if file.is_file()} == stamps
    assert (Build.objects.count(), Touch.objects.count()) == (builds, 0)


def test_a_file_that_somebody_deleted_is_written_again(printed: Paper, site: Path) -> None:
    bake(everything=True)
    (site / "news/storm/index.html.br").unlink()
    bake(everything=True)
    assert (site / "news/storm/index.html.br").is_file()
