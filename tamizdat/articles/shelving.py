"""Which articles stand on which shelves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from tamizdat.articles.models import ArticlePage, AuthorPage, Byline, Galley, Shelf, Shelving, Topic

WITH_FEED = (Shelf.Kind.FRONT, Shelf.Kind.SECTION, Shelf.Kind.TOPIC, Shelf.Kind.AUTHOR)
BY_YEAR = (Shelf.Kind.TOPIC, Shelf.Kind.AUTHOR)  # narrow: their years are not divided into months


def shelve(row: Galley) -> None:
    """Put an article on every shelf that it belongs to, and on no other.

    Authors and topics without a translation have articles of other languages on their shelves too.
    """
    row.shelvings.all().delete()
    if row.kind != Galley.Kind.ARTICLE:
        return
    kind = Shelf.Kind
    wanted = Shelf.objects.filter(
        Q(kind=kind.FRONT, language=row.language)
        | Q(kind=kind.SECTION, source_id=row.section)
        | Q(kind=kind.AUTHOR, source_id__in=row.authors)
        | Q(kind=kind.TOPIC, source_id__in=row.topics)
    )
    _put(wanted, [row])


def fill(shelf: Shelf) -> None:
    """A new shelf takes the articles that were published before it."""
    rows = _candidates(shelf).filter(kind=Galley.Kind.ARTICLE)
    _put([shelf], [row for row in rows.defer("body", "rest", "gist") if _belongs(row, shelf)])


def naming_from_elsewhere(one: Topic | AuthorPage) -> list[int]:
    """Ids of the articles in other languages that name an author or topic, and so stand on its translations."""
    if isinstance(one, Topic):
        pages = ArticlePage.topics.through.objects.filter(topic=one.pk).values("articlepage")
    else:
        pages = Byline.objects.filter(author=one.pk).values("page")
    found = Galley.objects.filter(page__in=pages).exclude(language=one.locale.language_code)
    return list(found.order_by("page").values_list("page", flat=True))


def naming_a_translation(kind: str, source: int) -> list[int]:
    """Ids of the articles in a shelf's language that name its author or topic in another one: while it stands, they
    name it and stand on it themselves."""
    shelf = Shelf.objects.filter(kind=kind, source_id=source).first()
    match kind:
        case Shelf.Kind.AUTHOR if shelf:
            bylines = Byline.objects.filter(author__translation_key=shelf.translation_key).exclude(author=source)
            pages = bylines.values("page")
        case Shelf.Kind.TOPIC if shelf:
            named = ArticlePage.topics.through.objects.filter(topic__translation_key=shelf.translation_key)
            pages = named.exclude(topic=source).values("articlepage")
        case _:
            return []
    found = Galley.objects.filter(page__in=pages, language=shelf.language)
    return list(found.order_by("page").values_list("page", flat=True))


def _belongs(row: Galley, shelf: Shelf) -> bool:
    match shelf.kind:
        case Shelf.Kind.FRONT:
            return row.language == shelf.language
        case Shelf.Kind.SECTION:
            return row.section == shelf.source_id
        case Shelf.Kind.AUTHOR:
            return shelf.source_id in row.authors
        case Shelf.Kind.TOPIC:
            return shelf.source_id in row.topics
    return False


def _candidates(shelf: Shelf) -> QuerySet[Galley]:
    """Articles that may belong to a shelf, as far as the database can tell."""
    match shelf.kind:
        case Shelf.Kind.SECTION:
            return Galley.objects.filter(section=shelf.source_id)
        case Shelf.Kind.AUTHOR:
            pages = ArticlePage.objects.filter(bylines__author__translation_key=shelf.translation_key)
        case Shelf.Kind.TOPIC:
            pages = ArticlePage.objects.filter(topics__translation_key=shelf.translation_key)
        case _:
            return Galley.objects.all()
    return Galley.objects.filter(page__in=pages.values("pk"))


def _put(shelves: Iterable[Shelf], rows: Iterable[Galley]) -> None:
    there = list(shelves)
    Shelving.objects.bulk_create(
        [
            Shelving(shelf=shelf, galley=row, published=row.published, month=row.month)
            for row in rows
            for shelf in there
        ],
        batch_size=500,
    )
