"""Four articles to read after one: by what they say, by common topics, and by age."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

import bm25s
from django.db.models import Q

from tamizdat.articles.models import Galley, ReadMore, Shelving
from tamizdat.articles.rules.likeness import Candidate, best

MANY = 4
# Newest of each shelf that are weighed: bounded, so that an archive of any size costs the same.
FROM_A_SHELF, AT_MOST = 120, 500
_WORD = re.compile(r"\w{3,}")
logging.getLogger("bm25s").setLevel(logging.WARNING)


def recommend(galley: Galley) -> bool:
    """Choose anew what an article recommends, from its language. True when the choice has changed."""
    chosen = best(_weighed(galley), count=MANY)
    before = list(galley.recommends.order_by("position").values_list("named", flat=True))
    if chosen == before:
        return False
    galley.recommends.all().delete()
    ReadMore.objects.bulk_create(
        [ReadMore(galley=galley, named_id=named, position=place) for place, named in enumerate(chosen)]
    )
    return True


def _weighed(galley: Galley) -> list[Candidate]:
    others = list(
        Galley.objects.filter(page__in=_ids_near(galley))
        .exclude(translation_key=galley.translation_key)
        .order_by("page")
        .only("page", "gist", "topics", "published")
    )
    topics = set(galley.topics)
    likenesses = _likenesses(galley.gist, [other.gist for other in others])
    return [
        Candidate(
            id=other.pk,
            likeness=likeness,
            common_topics=len(topics & set(other.topics)),
            days_apart=abs((galley.published - other.published).days),
        )
        for other, likeness in zip(others, likenesses, strict=True)
    ]


def _ids_near(galley: Galley) -> list[int]:
    """The newest of each of its shelves, narrow shelves first."""
    found: dict[int, None] = {}
    shelves = galley.shelvings.select_related("shelf").values_list("shelf", "shelf__kind")
    for shelf, _ in sorted(shelves, key=lambda one: (_NARROWNESS.get(one[1], 9), one[0])):
        newest = Shelving.objects.filter(Q(shelf=shelf) & ~Q(galley=galley.pk)).order_by("-published", "-galley")
        found |= dict.fromkeys(newest.values_list("galley", flat=True)[:FROM_A_SHELF])
    return list(found)[:AT_MOST]


_NARROWNESS = {"topic": 0, "author": 1, "section": 2, "front": 3}


def _likenesses(text: str, others: list[str]) -> Iterable[float]:
    words = [_words(other) for other in others]
    vocabulary = {word for one in words for word in one}
    asked = [word for word in _words(text) if word in vocabulary]
    if not asked:
        return [0.0] * len(others)
    index = bm25s.BM25()
    index.index(words, show_progress=False)
    return [float(score) for score in index.get_scores(asked)]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
