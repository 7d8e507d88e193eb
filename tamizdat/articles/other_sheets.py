"""Sheets of robots.txt, redirects and the pages that lead on, of pictures, and of what is not found."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import starmap
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from wagtail.contrib.redirects.models import Redirect as KeptRedirect

from tamizdat.articles.catalogue import Catalogue
from tamizdat.articles.models import Galley, Plate, Shelf
from tamizdat.articles.rules.machines import PictureFile, Redirects, Robots
from tamizdat.articles.rules.parts import parse_part_path, part_paths
from tamizdat.articles.rules.paths import REDIRECTS, ROBOTS, SITEMAP, news_path, not_found_path, stub_path
from tamizdat.articles.rules.sheets import Kind, Masthead, NotFound, Page, Redirect, Sheet
from tamizdat.articles.sitemap_sheets import index_sheet


def not_found_sheet(catalogue: Catalogue, front: Shelf) -> Sheet:
    return _sheet(catalogue, not_found_path(front.path), Kind.NOT_FOUND, NotFound(), language=front.language)


def robots_sheet(catalogue: Catalogue) -> Sheet:
    return _sheet(
        catalogue, ROBOTS, Kind.ROBOTS, Robots((SITEMAP, *(news_path(front.path) for front in catalogue.fronts())))
    )


def redirects_sheet(catalogue: Catalogue) -> Sheet:
    return _sheet(catalogue, REDIRECTS, Kind.REDIRECTS, Redirects(dict(_redirects(catalogue))))


def stub_sheets(catalogue: Catalogue, paths: Collection[str] | None = None) -> Iterator[Sheet]:
    """Pages at old addresses that lead on, for mirrors, which know no redirects."""
    olds = None if paths is None else [path.rstrip("/") or "/" for path in paths]
    for old, target in _redirects(catalogue, olds):
        path = stub_path(old)
        if path:
            first = path.split("/")[1]
            language = first if first in catalogue.mastheads else settings.NEWSROOM.paper.language
            yield _sheet(catalogue, path, Kind.REDIRECT, Redirect(target), language=language)


def picture_sheets(**some: object) -> Iterator[Sheet]:
    """Pictures, by conditions on their plates."""
    language = settings.NEWSROOM.paper.language
    for path, file in sorted(dict(Plate.objects.filter(**some).values_list("path", "file")).items()):
        page, nothing = PictureFile(file), Masthead(front="/")
        yield Sheet(path=path, kind=Kind.PICTURE, language=language, page=page, masthead=nothing)


def single_sheets(catalogue: Catalogue) -> Iterator[Sheet]:
    """Files of which there is one."""
    return (make(catalogue) for make in SINGLE.values())


def _sheet(catalogue: Catalogue, path: str, kind: Kind, page: Page, *, language: str = "") -> Sheet:
    language = language or settings.NEWSROOM.paper.language
    return Sheet(path=path, kind=kind, language=language, page=page, masthead=catalogue.masthead(language))


def _redirects(catalogue: Catalogue, olds: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Old paths and where they lead. What stands at an old path now wins; what leads nowhere is left out."""
    kept = KeptRedirect.objects.order_by("old_path", "pk")
    rows = kept.values_list("old_path", "redirect_page", "redirect_link")
    for some in _some(rows if olds is None else rows.filter(old_path__in=olds)):
        pages = _standing([page for _, page, _ in some if page])
        stubs = {old: stub_path(old) or old for old, _, _ in some}
        taken = _taken(stubs.values())
        for old, page, link in some:
            target = pages.get(page) if page else _target(link)
            if target and stubs[old] not in taken and stubs[old] not in catalogue.shelves:
                yield old, target


def _taken(paths: Collection[str]) -> frozenset[str]:
    """Those of the paths, and perhaps others, where a text or a part of one stands."""
    wholes = {found[0] for path in paths if (found := parse_part_path(path))}
    there = Galley.objects.filter(path__in=wholes.union(paths))
    return frozenset().union(*starmap(part_paths, there.values_list("path", "parts")))


def _some(rows: QuerySet[Any]) -> Iterator[list[tuple[str, int | None, str]]]:
    there = list(rows)
    for start in range(0, len(there), 500):
        yield there[start : start + 500]


def _target(link: str) -> str:
    """An address of the paper is a site path; others stay as they are."""
    paper = settings.NEWSROOM.paper.address
    return link.removeprefix(paper) if link.startswith(f"{paper}/") else link


def _standing(pages: Collection[int]) -> dict[int, str]:
    places = Shelf.objects.exclude(kind=Shelf.Kind.TOPIC).filter(source_id__in=pages)
    found = dict(places.values_list("source_id", "path"))
    return found | dict(Galley.objects.filter(page__in=pages).values_list("page", "path"))


SINGLE = {SITEMAP: index_sheet, ROBOTS: robots_sheet, REDIRECTS: redirects_sheet}
