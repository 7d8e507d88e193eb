"""Four articles to read after one, from the whole archive: by what they say, by common topics, and by age.

A few telling words of each article are kept with their numbers. They find what may be like it wherever it stands in
the archive; only that is weighed. So an archive of any size costs about the same.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence

import bm25s
from django.db import transaction
from django.db.models import Count

from tamizdat.articles import archive
from tamizdat.articles.models import Galley, Keyword, ReadMore, Shelf
from tamizdat.articles.rules.likeness import Candidate, best, number_of, stems, telling

MANY = 4
WORDS = 12
FROM_A_WORD, BY_WORDS = 300, 200  # newest articles that have a word; of these, those with most words in common
FROM_A_SHELF = {Shelf.Kind.TOPIC: 60, Shelf.Kind.AUTHOR: 20, Shelf.Kind.SECTION: 40, Shelf.Kind.FRONT: 40}
AT_MOST = 400
SAMPLE = 200  # newest articles of a language that say which words are common in it
logging.getLogger("bm25s").setLevel(logging.WARNING)


def key(galleys: Sequence[Galley]) -> bool:
    """Keep the telling words of articles. True when they have changed."""
    usage = {language: _usage(language) for language in {galley.language for galley in galleys}}
    wanted = {(galley.pk, word) for galley in galleys for word in _words_of(galley, usage[galley.language])}
    kept = set(Keyword.objects.filter(galley__in=galleys).values_list("galley", "word"))
    if wanted == kept:
        return False
    changed = {galley for galley, _ in wanted ^ kept}
    with transaction.atomic():
        Keyword.objects.filter(galley__in=changed).delete()
        rows = [Keyword(galley_id=galley, word=word) for galley, word in sorted(wanted) if galley in changed]
        Keyword.objects.bulk_create(rows, batch_size=500)
    return True


def ranked(galley: Galley, *, count: int) -> list[int]:
    """The articles that are best read after one, best first."""
    near = Galley.objects.filter(page__in=_ids_near(galley), language=galley.language, kind=Galley.Kind.ARTICLE)
    others = list(near.exclude(translation_key=galley.translation_key).order_by("page").only(*_WEIGHED))
    topics, namings = set(galley.topics), _namings(galley, others)
    candidates = [
        Candidate(
            id=other.pk,
            likeness=likeness,
            common_topics=len(topics & set(other.topics)),
            days_apart=abs((galley.published - other.published).days),
            namings=namings.get(other.pk, 0),
        )
        for other, likeness in zip(others, _likenesses(galley.gist, [one.gist for one in others]), strict=True)
    ]
    return best(candidates, count=count)


def name(galley: Galley, chosen: Sequence[int]) -> bool:
    """Have an article recommend these. True when that changes what it recommends."""
    if list(galley.recommends.order_by("position").values_list("named", flat=True)) == list(chosen):
        return False
    galley.recommends.all().delete()
    ReadMore.objects.bulk_create(
        [ReadMore(galley=galley, named_id=named, position=place) for place, named in enumerate(chosen)]
    )
    return True


def naming(page: int) -> list[int]:
    """The articles that recommend this one."""
    return list(ReadMore.objects.filter(named=page).values_list("galley", flat=True).distinct())


_WEIGHED = ("page", "gist", "topics", "published")


def _usage(language: str) -> Counter[str]:
    """In how many of the newest articles of a language a word is."""
    newest = Galley.objects.filter(kind=Galley.Kind.ARTICLE, language=language).order_by("-published", "-page")
    return Counter(stem for gist in newest.values_list("gist", flat=True)[:SAMPLE] for stem in set(stems(gist)))


def _words_of(galley: Galley, usage: Counter[str]) -> list[int]:
    head = f"{galley.kicker} {galley.headline} {galley.standfirst}"
    told = telling(head, galley.gist, usage=usage, among=SAMPLE, count=WORDS)
    return [number_of(stem, language=galley.language) for stem in told]


def _ids_near(galley: Galley) -> list[int]:
    """What has words in common with it, then the newest of each of its shelves, narrow shelves first."""
    common: Counter[int] = Counter()
    for word in galley.keywords.values_list("word", flat=True):
        having = Keyword.objects.filter(word=word).order_by("-galley")
        common.update(having.values_list("galley", flat=True)[:FROM_A_WORD])
    by_words = sorted(common, key=lambda page: (-common[page], -page))[: BY_WORDS + 1]
    found = dict.fromkeys(by_words)
    shelves = {shelving.shelf for shelving in galley.shelvings.select_related("shelf")}
    for kind, count in FROM_A_SHELF.items():
        for shelf in sorted((one for one in shelves if one.kind == kind), key=lambda one: one.pk):
            found |= dict.fromkeys(archive.newest(shelf).values_list("galley", flat=True)[:count])
    found.pop(galley.pk, None)
    return list(found)[:AT_MOST]


def _namings(galley: Galley, others: Iterable[Galley]) -> dict[int, int]:
    named = ReadMore.objects.filter(named__in=[other.pk for other in others]).exclude(galley=galley.pk)
    return dict(named.values_list("named").annotate(Count("pk")).order_by())


def _likenesses(text: str, others: list[str]) -> Iterable[float]:
    words = [list(stems(other)) for other in others]
    vocabulary = {word for one in words for word in one}
    asked = [word for word in stems(text) if word in vocabulary]
    if not asked:
        return [0.0] * len(others)
    index = bm25s.BM25()
    index.index(words, show_progress=False)
    return [float(score) for score in index.get_scores(asked)]
