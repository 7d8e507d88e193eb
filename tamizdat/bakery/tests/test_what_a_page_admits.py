"""Notes and corrections, a first publication elsewhere, and silence beside what would hurt."""

import re
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from tamizdat.articles.models import ArticlePage, Correction
from tamizdat.articles.tests.conftest import Paper, announcements, publish, whole
from tamizdat.bakery.renderer import render


def page_of(paper: Paper, **fields: Any) -> str:
    paper.write("Storm", **fields)
    return render(whole()["/news/storm/"]).decode()


def correct(page: ArticlePage, *corrections: tuple[date, str]) -> None:
    publish(page, corrections=[Correction(dated=day, text=text) for day, text in corrections])


def test_corrections_stand_on_the_page_newest_first(paper: Paper, training: None) -> None:
    page = paper.write("Storm")
    correct(page, (date(2026, 5, 5), "It was not <ten>."), (date(2026, 6, 1), "Nor was it nine."))
    html = render(whole()["/news/storm/"]).decode()
    assert html.index("Nor was it nine.") < html.index("It was not &lt;ten&gt;.")
    assert '<a href="#corrections">Corrected June 1, 2026</a>' in html
    assert '<section class="after" id="corrections">' in html
    assert "Nor was it nine." in render(whole()["/feed.xml"]).decode()


def test_a_correction_touches_no_list(paper: Paper) -> None:
    page = paper.write("Storm")
    with announcements() as announced:
        correct(page, (date(2026, 5, 5), "It was nine."))
    assert "/news/feed.xml" in announced.paths
    assert not announced.paths & {"/", "/news/", "/news/2026/05/", "/topics/ice/", "/authors/ada/"}


def test_a_page_says_where_it_was_published_first(paper: Paper, training: None) -> None:
    html = page_of(paper, first_publication="https://www.first.example/ice?a=1&b=2")
    assert '<link rel="canonical" href="https://www.first.example/ice?a=1&amp;b=2">' in html
    assert "First published at first.example</a>" in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://first.example/", "first.example"])
def test_a_first_publication_is_an_address_on_the_web(paper: Paper, address: str) -> None:
    page = paper.write("Storm")
    page.first_publication = address
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "first_publication" in refused.value.message_dict


@pytest.mark.parametrize("field", ["has_no_asks", "is_sensitive"])
def test_a_quiet_page_asks_for_nothing_and_still_leads_to_giving(paper: Paper, training: None, field: str) -> None:
    html = page_of(paper, **{field: True})
    assert 'class="notice' not in html and 'class="appeal' not in html
    assert 'class="end' in html
    assert whole()["/news/storm/"].page.is_sensitive == (field == "is_sensitive")


def test_any_other_page_asks(paper: Paper, training: None) -> None:
    html = page_of(paper)
    assert 'class="notice' in html and 'class="appeal' in html


def test_languages_name_each_other_and_the_one_for_everybody_else(paper: Paper, training: None) -> None:
    page = paper.write("Storm")
    copy = page.copy_for_translation(paper.russian.locale)
    copy.save_revision().publish()
    html = render(whole()["/ru/news/storm/"]).decode()
    address = settings.NEWSROOM.paper.address
    assert f'hreflang="x-default" href="{address}/news/storm/"' in html
    assert f'rel="alternate" hreflang="ru" href="{address}/ru/news/storm/"' in html
    assert '<a lang="en" hreflang="en" href="../../../news/storm/">English</a>' in html


def test_a_mark_leads_to_its_note_and_the_note_leads_back(paper: Paper, training: None) -> None:
    text = '<p>It blew[1] and <a href="https://e.example/">froze [2]</a>[2], and blew[1].</p>'
    paper.write("Storm", body=[("paragraph", text), ("notes", ["<p>Force <b>9</b>.</p>", "<p>At noon.</p>"])])
    page = render(whole()["/news/storm/"]).decode()
    ids = re.findall(r'id="((?:mark|note)-\d+)"', page)
    assert sorted(ids) == ["mark-1", "mark-2", "note-1", "note-2"]
    assert set(re.findall(r'href="#((?:mark|note)-\d+)"', page)) == set(ids)
    assert 'value="1">Force <b>9</b>. <a href="#mark-1"' in page


def test_a_feed_carries_the_notes(paper: Paper, training: None) -> None:
    paper.write("Storm", body=[("paragraph", "<p>It blew[1].</p>"), ("notes", ["<p>Force 9.</p>"])])
    feed = render(whole()["/feed.xml"]).decode()
    assert "Force 9." in feed
    assert "<section" not in feed, "escaped, as a feed's content is"
