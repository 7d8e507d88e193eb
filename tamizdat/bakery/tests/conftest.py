"""A small paper and an oven of its own; `baked` puts what was touched into it."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import brotli
import pytest
from wagtail.models import Locale

from tamizdat.articles import queries as articles
from tamizdat.articles.tests.conftest import Paper, paper, picture
from tamizdat.asks import queries as asks
from tamizdat.bakery import actions, recipe
from tamizdat.bakery.baker import TICKER
from tamizdat.bakery.renderer import Renderer
from tamizdat.bakery.rules import file_name

__all__ = ["paper", "picture"]


@pytest.fixture(autouse=True)
def site(settings: Any, tmp_path: Path) -> Path:
    settings.SITE, settings.DATA = tmp_path / "site", tmp_path
    settings.SITE.mkdir()
    return settings.SITE


@pytest.fixture
def printed(paper: Paper, picture: Any, training: None) -> Paper:
    """Three articles in two languages, two months, two sections, with a picture; nothing is baked yet."""
    image = picture()
    body = [
        ("paragraph", "<p>It blew.</p>"),
        ("picture", {"picture": image, "alt": "A drawing", "credit": "Us", "caption": ""}),
    ]
    paper.storm = paper.write("Storm", standfirst="It blew.", body=body, picture=image, picture_alt="A drawing")
    link = f'<p><a linktype="page" id="{paper.storm.pk}">the storm</a></p>'
    paper.write("Calm", dated=paper.storm.dated.replace(month=4), body=[("paragraph", link)])
    paper.write("Opera", under=paper.culture, topics=[])
    paper.write("Led", under=paper.news_ru, authors=[], topics=[])
    copy = paper.storm.copy_for_translation(Locale.objects.get(language_code="ru"))
    copy.save_revision().publish()
    return paper


def bake(*, everything: bool = False) -> int | None:
    if everything:
        actions.touch(paths=None)
    return actions.bake_touched()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder, by name."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def plain(folder: Path) -> dict[str, bytes]:
    """The files that readers ask for: no variants, no manifest, nothing that a baker left aside."""
    hidden = ("manifest.json", "manifests/")
    return {
        name: said
        for name, said in tree(folder).items()
        if not name.endswith((".br", ".gz", ".aside")) and not name.startswith(hidden)
    }


def whole_paper() -> dict[str, str]:
    """What a bake of the whole paper from nothing gives: the SHA-256 of each file, by name."""
    renderer = Renderer()
    files = {file_name(sheet.path): renderer.render(sheet) for sheet in articles.sheets()}
    files[file_name(TICKER)] = recipe.as_json(asks.ticker())
    return {name: digest(said) for name, said in files.items()}


def standing(site: Path) -> dict[str, str]:
    """What stands, in the same words."""
    return {name: digest(said) for name, said in plain(site).items()}


def digest(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()


def manifest(folder: Path) -> tuple[int, dict[str, dict[str, Any]]]:
    """The build that a manifest names, and what its parts list; each part is what the head says it is."""
    head = json.loads((folder / "manifest.json").read_bytes())
    files: dict[str, dict[str, Any]] = {}
    for name, said in head["parts"].items():
        part = (folder / name).read_bytes()
        assert digest(part) == said
        files |= json.loads(part)["files"]
    assert head["parts"].keys() == {f"manifests/{file.name}" for file in (folder / "manifests").iterdir()}
    return head["build"], files


def lying_variants(folder: Path) -> list[str]:
    """Variants that stand beside no file, or say something else than it."""
    unpack, files = {".br": brotli.decompress, ".gz": gzip.decompress}, tree(folder)
    return [
        name
        for name, packed in files.items()
        if name[-3:] in unpack and unpack[name[-3:]](packed) != files.get(name[:-3])
    ]
