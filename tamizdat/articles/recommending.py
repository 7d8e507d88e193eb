"""Articles choose what to read after them, in the background: publishing does not wait for it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from tamizdat.articles import read_more, signals
from tamizdat.articles.models import Galley
from tamizdat.articles.read_more import MANY
from tamizdat.articles.rules.parts import part_path

OFFERED = 6  # articles most like a new one that may name it
LATE = 2000  # at night: those that have not chosen yet, as after an import


def choose(page: int) -> list[int]:
    """An article that was published chooses. When its words are new, answers those most like it, to choose again."""
    galley = _articles().filter(page=page).first()
    if galley is None:
        return []
    is_reworded = read_more.key([galley])
    near = read_more.ranked(galley, count=max(MANY, OFFERED))
    _name(galley, near[:MANY])
    return near[:OFFERED] if is_reworded else []


def again(pages: Iterable[int]) -> int:
    """These choose anew. Answers how many changed."""
    galleys = _articles().filter(page__in=list(pages)).order_by("page")
    return sum(_name(galley, read_more.ranked(galley, count=MANY)) for galley in galleys)


def refresh(*, newest: int) -> int:
    """The newest choose anew, and those that have not chosen yet. Answers how many changed."""
    unkeyed = _articles().filter(telling=None).order_by("-published", "-page")
    for _batch in range(LATE // 200):
        some = list(unkeyed[:200])
        if not some:
            break
        read_more.key(some)
    ordered = _articles().order_by("-published", "-page")
    late = ordered.filter(recommends=None).values_list("page", flat=True)[:LATE]
    return again({*ordered.values_list("page", flat=True)[:newest], *late})


def _name(galley: Galley, chosen: list[int]) -> bool:
    with transaction.atomic():
        has_changed = read_more.name(galley, chosen)
        if has_changed:
            signals.paths_touched.send(sender=None, paths=frozenset({part_path(galley.path, galley.parts)}))
    return has_changed


def _articles() -> QuerySet[Galley]:
    return Galley.objects.filter(kind=Galley.Kind.ARTICLE).defer("body", "rest")
