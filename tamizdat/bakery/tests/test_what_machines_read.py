"""Feeds, sitemaps and what search engines are told of an article: valid, whole, and small enough for every network."""

import gzip
import json
import re
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings

from bench.prose import paragraphs
from tamizdat.articles import actions, queries
from tamizdat.articles.models import Correction
from tamizdat.articles.tests.conftest import Paper, announcements, publish, whole
from tamizdat.bakery.renderer import render
from tamizdat.newsroom import queries as newsroom

ATOM, SITEMAP = "{http://www.w3.org/2005/Atom}", "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
WHOLE = "{http://purl.org/rss/1.0/modules/content/}encoded"
LONG = [("paragraph", f"<p>{one}</p>") for one in paragraphs(Random(1), "en", 4000)]
SHELVES = ["/", "/ru/", "/news/", "/topics/ice/", "/authors/ada/"]
BUDGET = 11_000 - 400  # of headers


def text(path: str) -> str:
    (sheet,) = queries.sheets({path})
    return render(sheet).decode()


def bodies(shelf: str) -> list[list[str]]:
    """The texts that a shelf's feeds carry, newest first: by Atom, RSS and JSON."""
    atom = ElementTree.fromstring(text(f"{shelf}feed.xml"))
    rss = ElementTree.fromstring(text(f"{shelf}rss.xml"))
    items = json.loads(text(f"{shelf}feed.json"))["items"]
    return [
        [one.findtext(f"{ATOM}content", "") for one in atom.iter(f"{ATOM}entry")],
        [one.findtext(WHOLE, "") for one in rss.iter("item")],
        [one.get("content_html", "") for one in items],
    ]


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_shelf_has_three_feeds_that_carry_the_whole_text(paper: Paper, shelf: str) -> None:
    under = paper.news_ru if shelf == "/ru/" else paper.news
    body = [("paragraph", "<p>It <b>blew</b> & froze.</p>")]
    page = paper.write("Storm & <ice>", under=under, slug="storm", body=body)
    publish(page, corrections=[Correction(dated=date(2026, 5, 5), text="It was nine.")])
    for (body,) in bodies(shelf):
        assert body.startswith("<p>It <b>blew</b> &amp; froze.</p>")
        assert "It was nine." in body


def test_the_formats_agree_on_what_an_article_is(paper: Paper) -> None:
    paper.write("Storm & <ice>", slug="storm", standfirst="“It” blew.")
    atom = ElementTree.fromstring(text("/news/feed.xml")).find(f"{ATOM}entry")
    rss = ElementTree.fromstring(text("/news/rss.xml")).find("channel/item")
    (item,) = json.loads(text("/news/feed.json"))["items"]
    address = settings.NEWSROOM.paper.address + "/news/storm/"
    assert atom.findtext(f"{ATOM}id") == rss.findtext("guid") == item["id"]
    assert atom.findtext(f"{ATOM}title") == rss.findtext("title") == item["title"] == "Storm & <ice>"
    assert atom.find(f"{ATOM}link").get("href") == rss.findtext("link") == item["url"] == address
    assert atom.findtext(f"{ATOM}summary") == rss.findtext("description") == item["summary"] == "“It” blew."
    assert atom.findtext(f"{ATOM}published") == item["date_published"] == "2026-05-04T12:00:00+03:00"
    assert rss.findtext("pubDate") == "Mon, 04 May 2026 12:00:00 +0300"


def test_a_long_article_says_in_a_feed_where_it_goes_on(paper: Paper) -> None:
    paper.write("Inquiry", body=LONG)
    for (body,) in bodies("/news/"):
        assert f'<a href="{settings.NEWSROOM.paper.address}/news/inquiry/2/">' in body


def test_a_feed_of_many_long_texts_keeps_the_budget_and_names_them_all(paper: Paper) -> None:
    for number in range(21):
        body = [("paragraph", f"<p>{one}</p>") for one in paragraphs(Random(number), "ru", 900)]
        paper.write(f"Number {number}", body=body, standfirst=paragraphs(Random(number), "ru", 20)[0])
    for name in ("feed.xml", "rss.xml", "feed.json"):
        said = text(f"/{name}")
        assert len(gzip.compress(said.encode(), 6)) <= BUDGET, name
        assert len(set(re.findall(r"/news/number-(\d+)/", said))) == 20
    for found in bodies("/"):
        assert found[0]
        assert not found[-1]


def test_a_front_page_offers_its_feeds_and_so_does_a_section(paper: Paper) -> None:
    for path in ("/", "/news/", "/ru/"):
        for name in ("feed.xml", "rss.xml", "feed.json"):
            link = rf'<link rel="alternate" type="[^"]+" href="[./]*{path[1:]}{name}">'
            assert re.search(link, text(path)), (path, name)


def places(path: str) -> list[str]:
    """The site paths that a sitemap or its index names."""
    address = settings.NEWSROOM.paper.address
    return [str(one.text).removeprefix(address) for one in ElementTree.fromstring(text(path)).iter(f"{SITEMAP}loc")]


def test_the_sitemaps_together_name_every_page_once(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tamizdat.articles.sitemap_sheets.PLACES", 2)
    days = [datetime(year, 3, day, 9, tzinfo=UTC) for year in (2024, 2026) for day in (1, 2, 3)]
    for number, day in enumerate(days):
        paper.write(f"Number {number}", dated=day)
    parts = places("/sitemap.xml")
    assert {"/sitemap-2024-1.xml", "/sitemap-2024-2.xml", "/ru/sitemap-places-1.xml"} <= set(parts)
    named = [path for part in parts for path in places(part)]
    assert len(named) == len(set(named))
    assert {"/", "/ru/", "/news/", "/topics/", "/about/", *(f"/news/number-{n}/" for n in range(6))} <= set(named)
    assert set(named) <= whole().keys()


def test_the_news_of_two_days_are_listed_until_the_day_turns(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    paper.write("Fresh", dated=now)
    paper.write("Old", dated=now - timedelta(days=3))
    titles = [one.text for one in ElementTree.fromstring(text("/sitemap-news.xml")).iter(f"{NEWS}title")]
    assert titles == ["Fresh"]
    today = newsroom.today()
    monkeypatch.setattr(newsroom, "today", lambda *_: today + timedelta(days=2))
    with announcements() as announced:
        actions.turn_the_day()
    assert announced.paths == {"/sitemap-news.xml", "/ru/sitemap-news.xml"}
    assert "Fresh" not in text("/sitemap-news.xml")


def test_robots_name_the_sitemaps(paper: Paper) -> None:
    address = settings.NEWSROOM.paper.address
    for path in ("/sitemap.xml", "/sitemap-news.xml", "/ru/sitemap-news.xml"):
        assert f"Sitemap: {address}{path}\n" in text("/robots.txt") + "\n"


def cited(html: str) -> tuple[dict[str, Any], dict[str, str]]:
    """What a page says to machines: as JSON-LD and as Open Graph."""
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(data), dict(re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)">', html))


def test_an_article_says_what_it_is(paper: Paper, picture: Any, training: None) -> None:
    title = "Ice</script> & “storm”"
    paper.write(title, slug="ice", standfirst="It blew.", picture=picture(), picture_alt="A drawing")
    news, graph = cited(text("/news/ice/"))
    address = settings.NEWSROOM.paper.address
    assert (news["@type"], news["headline"], news["description"]) == ("NewsArticle", title, "It blew.")
    assert news["author"] == [{"@type": "Person", "name": "Ada Berg", "url": f"{address}/authors/ada/"}]
    assert news["datePublished"] == "2026-05-04T12:00:00+03:00"
    assert news["isAccessibleForFree"] is True
    assert graph["og:url"] == news["mainEntityOfPage"] == f"{address}/news/ice/"
    assert graph["og:image"] == news["image"]
    assert re.fullmatch(rf"{address}/pictures/\w+\.jpg", graph["og:image"])
    assert graph["og:image"].removeprefix(address) in whole()


def test_an_article_first_published_elsewhere_is_cited_from_there(paper: Paper, training: None) -> None:
    paper.write("Storm", first_publication="https://other.example/storm")
    assert cited(text("/news/storm/"))[1]["og:url"] == "https://other.example/storm"


def test_only_the_first_part_of_a_long_article_is_cited(paper: Paper, training: None) -> None:
    paper.write("Inquiry", body=LONG)
    assert cited(text("/news/inquiry/"))[0]["headline"] == "Inquiry"
    assert "ld+json" not in text("/news/inquiry/2/")
