"""What the files of a long article say, and what its writer sees."""

import re
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest
from django.test import RequestFactory

from bench.prose import paragraphs
from tamizdat.articles.models import ArticlePage
from tamizdat.articles.tests.conftest import Paper, publish
from tamizdat.bakery.tests.conftest import bake

LONG = [("paragraph", f"<p>{one}</p>") for one in paragraphs(Random(1), "en", 3000)]


@pytest.fixture
def inquiry(printed: Paper) -> ArticlePage:
    page = printed.write("Inquiry", body=LONG, standfirst="What they found.")
    bake()
    return page


def test_each_part_is_a_page_of_its_own(inquiry: ArticlePage, site: Path) -> None:
    one, two, three = [(site / f"news/inquiry/{name}index.html").read_text("utf-8") for name in ("", "2/", "3/")]
    assert "Continue reading: part 2 of 3</a>" in one
    assert "Part 2 of 3" in two and "Back to part 1" in two and "Continue reading: part 3 of 3</a>" in two
    assert "<title>Inquiry (2/3)" in two
    assert re.search(r'rel="canonical" href="[^"]*/news/inquiry/2/"', two)
    assert [('rel="prev"' in page, 'rel="next"' in page) for page in (one, two, three)] == [
        (False, True),
        (True, True),
        (True, False),
    ]
    assert ["favor to ask" in page for page in (one, two, three)] == [False, False, True]
    assert ["What they found.</p>" in page for page in (one, two, three)] == [True, False, False]
    assert all('class="notice' in page for page in (one, two, three))


def test_a_shorter_text_takes_its_last_pages_from_the_disk(inquiry: ArticlePage, site: Path) -> None:
    publish(inquiry, body=LONG[:20])
    bake()
    assert (site / "news/inquiry/2/index.html").is_file()
    assert not (site / "news/inquiry/3").exists()
    publish(inquiry, body=LONG[:2])
    bake()
    assert not (site / "news/inquiry/2").exists()
    assert "Continue reading" not in (site / "news/inquiry/index.html").read_text("utf-8")


def test_an_old_part_leads_to_the_article_where_it_stands_now(inquiry: ArticlePage, site: Path) -> None:
    publish(inquiry, slug="findings")
    bake()
    assert 'content="0; url=../../../news/findings/"' in (site / "news/inquiry/2/index.html").read_text("utf-8")
    assert (site / "news/findings/2/index.html").is_file()


def test_a_feed_says_where_it_goes_on(inquiry: ArticlePage, site: Path) -> None:
    entry = next(
        one
        for one in ElementTree.parse(site / "news/feed.xml").iter("{http://www.w3.org/2005/Atom}entry")
        if one.findtext("{http://www.w3.org/2005/Atom}title") == "Inquiry"
    )
    content = entry.findtext("{http://www.w3.org/2005/Atom}content") or ""
    assert re.search(r'</p>\s*<p><a href="http[^"]*/news/inquiry/2/">Continue reading</a></p>$', content)


def test_its_writer_sees_where_its_pages_will_begin(inquiry: ArticlePage) -> None:
    said = inquiry.serve_preview(RequestFactory().get("/"), "").content.decode()
    assert re.findall(r"Page \d begins here", said) == ["Page 2 begins here", "Page 3 begins here"]
    assert said.count("<p>") >= len(LONG)
    assert "Continue reading" not in said
    assert "favor to ask" in said
