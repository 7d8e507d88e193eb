"""Writes articles and plain pages into the paper, takes them out, and gathers what that touches."""

from __future__ import annotations

from itertools import starmap

from django.db.models import Q

from tamizdat.articles import moving, pictures, shelving
from tamizdat.articles.models import Galley, Mention, Shelf
from tamizdat.articles.rules.parts import part_path, part_paths
from tamizdat.articles.rules.sheets import RECENT
from tamizdat.articles.rules.touched import Standing, has_new_face, touched
from tamizdat.articles.standing import standing
from tamizdat.articles.typeset import Proof

Paths = frozenset[str] | None  # None is the whole paper
NOTHING: frozenset[str] = frozenset()


def put(proof: Proof[Galley]) -> Paths:
    """The page stands in the paper as it has been set."""
    row = proof.row
    Galley.objects.filter(path=row.path).exclude(page=row.page_id).delete()
    old = Galley.objects.filter(page=row.page_id).first()
    before, around = standing(old), _around(row)
    row.save(force_insert=old is None, force_update=old is not None)
    shelving.shelve(row)
    _remember_mentions(row.page_id, proof.setter.mentions)
    plates = pictures.put(row.page_id, proof.files)
    after = standing(row)
    if before and before.path != row.path:
        moving.lead_on((path, row.page_id) for path in part_paths(before.path, before.parts))
    return _touched(row, before, after, around=around) | plates if _is_local(row, before, after) else None


def drop(page: int) -> Paths:
    """The page stands in the paper no longer."""
    old = Galley.objects.filter(page=page).first()
    if old is None:
        return NOTHING
    before, around = standing(old), _around(old)
    plates = pictures.put(page, {})
    Galley.objects.filter(page=page).delete()  # `old` keeps its key, by which redirects are found
    return _touched(old, before, None, around=around) | plates if _is_local(old, before, None) else None


def mentioning(page: int) -> list[int]:
    """Ids of the pages whose bodies link to this one, or to an article that stands under it."""
    under = Galley.objects.filter(section=page).values("page")
    naming = Mention.objects.filter(Q(target=page) | Q(target__in=under)).exclude(galley=page)
    return list(naming.order_by("galley").values_list("galley", flat=True).distinct())


def _is_local(row: Galley, before: Standing | None, after: Standing | None) -> bool:
    """The foot of every page names the plain ones: their titles and addresses touch the whole paper."""
    return row.kind == Galley.Kind.ARTICLE or not has_new_face(before, after)


def _touched(row: Galley, before: Standing | None, after: Standing | None, *, around: frozenset[str]) -> frozenset[str]:
    paths = touched(before, after)
    if has_new_face(before, after):
        paths |= around | moving.leading_to(row.page_id) | _at_the_edge()
    return paths


def _around(row: Galley) -> frozenset[str]:
    """Pages that name this one: all parts of its translations, the last of articles that recommend it, front pages
    that have it on top."""
    siblings = Galley.objects.filter(translation_key=row.translation_key).exclude(page=row.page_id)
    namers = Galley.objects.filter(recommends__named=row.page_id)
    fronts = Shelf.objects.filter(kind=Shelf.Kind.FRONT).values_list("path", "chosen")
    return frozenset(path for path, chosen in fronts if row.page_id in chosen).union(
        starmap(part_path, namers.values_list("path", "parts")),
        *starmap(part_paths, siblings.values_list("path", "parts")),
    )


def _at_the_edge() -> frozenset[str]:
    """The last that is among the newest and the first that is not: one may have changed sides."""
    newest = Galley.objects.filter(kind=Galley.Kind.ARTICLE).order_by("-published", "-page")
    return frozenset(starmap(part_path, newest.values_list("path", "parts")[RECENT - 1 : RECENT + 1]))


def _remember_mentions(galley: int, mentions: set[int]) -> None:
    Mention.objects.filter(galley=galley).delete()
    Mention.objects.bulk_create([Mention(galley_id=galley, target=target) for target in sorted(mentions)])
