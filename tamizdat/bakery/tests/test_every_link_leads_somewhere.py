import posixpath
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from tamizdat.articles.tests.conftest import Paper, whole
from tamizdat.bakery.renderer import render
from tamizdat.bakery.rules import file_name, way_up
from tamizdat.bakery.tests.conftest import bake

DYNAMIC = re.compile(r"^(/\w\w)?/(support|remind)/")
LINK = re.compile(r'(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>')


def links(file: Path, address: str) -> set[str]:
    """Where a file leads inside the paper: site paths, as a browser makes them."""
    page, found = "/" + file.relative_to(settings.SITE).as_posix(), set()
    for said in LINK.findall(file.read_text("utf-8")):
        link = (said[0] or said[1]).replace("&amp;", "&").split("#")[0].split("?")[0]
        if link.startswith(address):
            link = link.removeprefix(address) or "/"
        elif re.match(r"[a-z]+:", link) or not link:
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
        found.add(path if not link.endswith(("/", ".")) or path == "/" else path + "/")
    return {path for path in found if not DYNAMIC.match(path)}


def test_every_link_of_a_small_paper_resolves(printed: Paper, site: Path) -> None:
    bake(everything=True)
    followed: set[str] = set()
    for file in site.rglob("*"):
        if file.suffix in {".html", ".xml"}:
            for path in links(file, settings.NEWSROOM.paper.address):
                assert (site / file_name(path)).is_file(), f"{file.relative_to(site)} leads to {path}"
                followed.add(path)
    assert {"/", "/ru/", "/news/storm/", "/ru/news/led/", "/2026/04/", "/authors/ada/", "/topics/ice/"} <= followed
    assert [path for path in followed if path.startswith("/pictures/")]


def test_no_link_inside_a_page_names_the_host_or_starts_at_the_root(printed: Paper, site: Path) -> None:
    bake(everything=True)
    for file in site.rglob("index.html"):
        body = file.read_text("utf-8").partition("</head>")[2]
        assert not re.search(r'(href|src)="/', body), file


@pytest.mark.parametrize(
    "path, way",
    [
        ("/", "./"),
        ("/feed.xml", "./"),
        ("/news/", "../"),
        ("/news/feed.xml", "../"),
        ("/2026/05/", "../../"),
        ("/ru/news/storm/", "../../../"),
    ],
)
def test_the_way_up_is_relative_under_any_prefix(path: str, way: str) -> None:
    assert way_up(path) == way


def test_a_notes_way_back_points_the_way_that_its_language_is_read(paper: Paper) -> None:
    paper.write("Storm", body=[("paragraph", "<p>It blew[1].</p>"), ("notes", ["<p>Force 9.</p>"])])
    sheet = whole()["/news/storm/"]
    assert ">↩</a>" in render(sheet).decode()
    assert ">↪</a>" in render(replace(sheet, language="ar")).decode()
