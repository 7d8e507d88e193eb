"""Every page of an article stays within what the networks that cut connections short let through."""

import gzip
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import brotli
import pytest

from bench.prose import paragraphs
from tamizdat.articles import typeset
from tamizdat.articles.models import Galley
from tamizdat.articles.rules.parts import Part, part_path
from tamizdat.articles.rules.sheets import Article, Card, Kind, Link, Masthead, Picture, Sheet, Translation
from tamizdat.asks.models import TakenFigure
from tamizdat.bakery.renderer import Renderer
from tests.soak import SEED, record, tries

BUDGET, HEADERS = 11_000, 400
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
PICTURE = {"path": "/pictures/0123456789abcdef.webp", "large": "/pictures/fedcba9876543210.webp"}


@pytest.fixture
def renderer(training: None) -> Renderer:
    """Of a newsroom that asks, with a figure to show."""
    TakenFigure.objects.create(
        month=date(2026, 5, 1), need_minor=1_000_000, raised_minor=734_500, supporters=1412, currency="USD", as_of=NOW
    )
    return Renderer()


@pytest.mark.parametrize("language", ["en", "ru", "ar", "zh"])
@pytest.mark.parametrize("words", [1200, 6000])
def test_no_page_of_an_article_weighs_more_than_eleven_thousand_bytes(
    renderer: Renderer, language: str, words: int
) -> None:
    n, counts, heaviest = tries(soak=100, test=3), set(), 0
    for seed in range(SEED, SEED + n):
        sheets = article(Random(seed), language, words)
        counts.add(len(sheets))
        heaviest = max([heaviest, *(weight(renderer.render(sheet)) for sheet in sheets)])
    record(f"page {language} {words}", n=n, seed=SEED, heaviest=heaviest, parts=sorted(counts))
    assert heaviest <= BUDGET


def weight(page: bytes) -> int:
    """Bytes on the wire, in whichever encoding is the larger."""
    packed = gzip.compress(page, 6, mtime=0), brotli.compress(page, quality=5, lgwin=16)
    return max(map(len, packed)) + HEADERS


def article(random: Random, language: str, words: int) -> list[Sheet]:
    """An article with everything about it, in a paper of six sections and four languages."""

    def said(count: int) -> str:
        return paragraphs(random, language, count)[0].rstrip(".。")

    def links(kind: str, count: int) -> tuple[Link, ...]:
        return tuple(Link(said(2), f"/{language}/{kind}/{kind}-number-{place}/") for place in range(count))

    picture = PICTURE | {"width": 800, "height": 450, "alt": said(15), "credit": said(3), "caption": said(15)}
    body = "".join(f"<p>{one}</p>" for one in paragraphs(random, language, words))
    row = Galley(headline=said(9), kicker=said(2), standfirst=said(25), updated_note=said(12), body=body)
    row.picture = picture
    typeset.divide(row)
    path = f"/{language}/news/a-storm-over-the-harbour/"
    last = tuple(
        Card(
            path=f"/{language}/news/another-article-{place}/", language=language, headline=said(9), kicker=said(2),
            standfirst=said(20), published=NOW,
        )
        for place in range(4)
    )  # fmt: skip
    page = Article(
        headline=row.headline, kicker=row.kicker, standfirst=row.standfirst, section=links("section", 1)[0],
        authors=links("author", 2), topics=links("topic", 3), published=NOW, updated=NOW,
        updated_note=row.updated_note, picture=Picture(**picture), body="", word_count=words, read_more=(),
    )  # fmt: skip
    whole = Sheet(
        path=path,
        kind=Kind.ARTICLE,
        language=language,
        page=page,
        masthead=Masthead(front=f"/{language}/", sections=links("s", 6), plain=links("p", 5), feed="/feed.xml"),
        translations=tuple(Translation(other, f"/{other}/news/storm/") for other in ("en", "ru", "ar", "zh")),
    )
    parts = [Part.of(path, number, row.parts) for number in range(1, row.parts + 1)]
    return [
        replace(
            whole,
            path=part_path(path, part.number),
            is_recent=part.is_last,
            page=replace(page, body=body, part=part, read_more=last if part.is_last else ()),
        )
        for part, body in zip(parts, [row.body, *row.rest], strict=True)
    ]
