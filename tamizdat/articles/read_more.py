"""Four articles to read after one, from the whole archive: by what they say, by common topics, and by age.

The telling words of each article are kept. The first of them find what may be like it wherever it stands in the
archive; only that is weighed. So an archive of any size costs about the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count

from tamizdat.articles import archive
from tamizdat.articles.models import Galley, Keyword, ReadMore, Shelf, Telling
from tamizdat.articles.rules.likeness import Candidate, best, likenesses, number_of, stems, telling

MANY = 4
WORDS, FINDING = 40, 12  # telling words of an article, and how many of them find others
FROM_A_WORD, BY_WORDS = 300, 150  # newest articles that have a word; of these, those with most words in common
FROM_A_SHELF = {Shelf.Kind.TOPIC: 30, Shelf.Kind.AUTHOR: 10, Shelf.Kind.SECTION: 30, Shelf.Kind.FRONT: 30}
AT_MOST = 250
SAMPLE = 200  # newest articles of a language that say which words are common in it


def basis(page: int) -> object:
    """What an article's choice rests on; None when there is no such article."""
    found = Galley.objects.filter(page=page, kind=Galley.Kind.ARTICLE)
    return found.values_list("gist", "topics", "authors", "section", "published").first()


def key(galleys: Sequence[Galley]) -> bool:
    """Keep the telling words of articles. True when words that find others have changed."""
    usage = {language: _usage(language) for language in {galley.language for galley in galleys}}
    told = {galley.pk: _told(galley, usage[galley.language]) for galley in galleys}
    languages = {galley.pk: galley.language for galley in galleys}
    wanted = {
        (page, number_of(word, language=languages[page])) for page, words in told.items() for word in words[:FINDING]
    }
    with transaction.atomic():
        Telling.objects.bulk_create(
            [Telling(galley=one, words=" ".join(told[one.pk]), published=one.published) for one in galleys],
            update_conflicts=True,
            unique_fields=["galley"],
            update_fields=["words", "published"],
        )
        return _keep(galleys, wanted)


def ranked(galley: Galley, *, count: int) -> list[int]:
    """The articles that are best read after one, best first."""
    near = Telling.objects.filter(galley__in=_ids_near(galley), galley__language=galley.language)
    near = near.exclude(galley__translation_key=galley.translation_key).order_by("galley")
    others = list(near.values_list("galley", "words", "published", "galley__topics"))
    mine = Telling.objects.filter(galley=galley.pk).values_list("words", flat=True).first() or ""
    likeness = likenesses(mine.split(), [words.split() for _, words, _, _ in others])
    topics, namings = set(galley.topics), _namings(galley, [page for page, *_ in others])
    candidates = [
        Candidate(
            id=page,
            likeness=alike,
            common_topics=len(topics & set(theirs)),
            days_apart=abs((galley.published - published).days),
            namings=namings.get(page, 0),
        )
        for (page, _, published, theirs), alike in zip(others, likeness, strict=True)
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


def _usage(language: str) -> Counter[str]:
    """In how many of the newest articles of a language a word is."""
    newest = Galley.objects.filter(kind=Galley.Kind.ARTICLE, language=language).order_by("-published", "-page")
    return Counter(stem for gist in newest.values_list("gist", flat=True)[:SAMPLE] for stem in set(stems(gist)))


def _told(galley: Galley, usage: Counter[str]) -> list[str]:
    head = f"{galley.kicker} {galley.headline} {galley.standfirst}"
    return telling(head, galley.gist, usage=usage, among=SAMPLE, count=WORDS)


def _keep(galleys: Sequence[Galley], wanted: set[tuple[int, int]]) -> bool:
    kept = set(Keyword.objects.filter(galley__in=galleys).values_list("galley", "word"))
    changed = {page for page, _ in wanted ^ kept}
    Keyword.objects.filter(galley__in=changed).delete()
    rows = [Keyword(galley_id=page, word=word) for page, word in sorted(wanted) if page in changed]
    Keyword.objects.bulk_create(rows, batch_size=500)
    return bool(changed)


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


def _namings(galley: Galley, others: Sequence[int]) -> dict[int, int]:
    named = ReadMore.objects.filter(named__in=others).exclude(galley=galley.pk)
    return dict(named.values_list("named").annotate(Count("pk")).order_by())
