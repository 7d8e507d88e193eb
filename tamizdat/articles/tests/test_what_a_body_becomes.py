import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.images import ImageFile
from PIL import ExifTags
from PIL import Image as Drawing
from wagtail.images.models import Image

from tamizdat.articles.models import ArticlePage
from tamizdat.articles.richtext import printed
from tamizdat.articles.rules.paths import safe_link
from tamizdat.articles.tests.conftest import Paper, publish, whole

HOSTILE = [
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href=" JaVaScRiPt:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<a href="//elsewhere.example/">x</a>',
    '<p onclick="alert(1)" style="color:red">x</p>',
    '<img src="https://elsewhere.example/x.png" onerror="alert(1)">',
    "<iframe src='https://elsewhere.example/'></iframe>",
    "<b><i>x",
    '&lt;script&gt;="site:/',
]


def body(paper: Paper, *blocks: tuple[str, object]) -> str:
    paper.write("Storm", body=list(blocks))
    return whole()["/news/storm/"].page.body


def lead(link: dict[str, str]) -> str | None:
    return safe_link(link.get("href", ""), paper="https://paper.example")


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_that_runs_or_calls_elsewhere_is_printed(source: str) -> None:
    html = printed(source, lead)
    for refused in ("<script", "javascript", "data:", "onclick", "style=", "<img", "<iframe", "//elsewhere"):
        assert refused not in html.lower()
    assert '="site:' not in html
    assert html.count("<b>") == html.count("</b>")


def test_a_link_out_of_the_paper_tells_nobody_where_the_reader_came_from() -> None:
    html = printed('<a href="https://other.example/?a=1&amp;b=2">x</a>', lead)
    assert html == '<a href="https://other.example/?a=1&amp;b=2" rel="noopener noreferrer">x</a>'


@pytest.mark.parametrize("href", ["/news/storm/", "https://paper.example/news/storm/"])
def test_a_link_into_the_paper_bears_its_mark(href: str) -> None:
    assert printed(f'<a href="{href}">x</a>', lead) == '<a href="site:/news/storm/">x</a>'


def test_every_block_is_printed_and_escaped(paper: Paper) -> None:
    html = body(
        paper,
        ("heading", "Wind & <water>"),
        ("quote", {"text": "It <blew>.\nHard.", "who": "A sailor"}),
        ("list", {"kind": "numbered", "items": ["<p>One <b>two</b></p>"]}),
        ("table", {"data": [["Day", "Wind"], ["Mon", "<9>"]], "first_row_is_table_header": True}),
        ("card", {"address": "/culture/", "title": "More", "text": "Of it"}),
        ("fact", {"title": "Numbers", "paragraphs": "<p>Nine.</p>"}),
    )
    assert "<h2>Wind &amp; &lt;water&gt;</h2>" in html
    assert "<p>It &lt;blew&gt;.<br>Hard.</p>" in html
    assert "<ol><li>One <b>two</b></li></ol>" in html
    assert '<th scope="col">Wind</th>' in html
    assert "<td>&lt;9&gt;</td>" in html
    assert '<aside class="card"><a href="site:/culture/"><b>More</b></a><p>Of it</p></aside>' in html
    assert '<aside class="box"><h3>Numbers</h3><p>Nine.</p></aside>' in html


def test_a_card_may_not_lead_to_a_script() -> None:
    block = ArticlePage.body.field.stream_block.child_blocks["card"].child_blocks["address"]
    with pytest.raises(Exception, match="Write an address"):
        block.clean("javascript:alert(1)")


def test_a_picture_is_printed_as_webp_in_two_widths_and_as_jpeg(paper: Paper, picture: Callable[..., Image]) -> None:
    html = body(paper, ("picture", {"picture": picture(), "alt": "A crane", "credit": "A. B.", "caption": ""}))
    assert 'alt="A crane"' in html
    assert 'width="800" height="533"' in html
    assert html.count('<source type="image/webp"') == 2
    assert re.search(r'<img src="site:/pictures/\w+\.jpg"', html)
    pictures = [path for path in whole() if path.startswith("/pictures/")]
    assert sorted(path.rpartition(".")[2] for path in pictures) == ["jpg", "webp", "webp"]
    assert all(f'="site:{path}' in html for path in pictures)


def test_a_small_picture_is_never_blown_up(paper: Paper, picture: Callable[..., Image]) -> None:
    html = body(paper, ("picture", {"picture": picture(300, 200), "alt": "A crane", "credit": "", "caption": ""}))
    assert 'width="300" height="200"' in html
    assert "min-resolution" not in html


def test_pictures_of_a_gallery_stand_side_by_side_each_with_its_words(
    paper: Paper, picture: Callable[..., Image]
) -> None:
    one = {"picture": picture(), "alt": "A crane", "credit": "A. B.", "caption": "At noon"}
    html = body(paper, ("gallery", [one, one | {"picture": picture(900, 900, "navy"), "alt": "Its hook"}]))
    assert html.startswith('<div class="gallery"><figure>')
    assert html.count("<figure>") == 2
    assert 'alt="Its hook"' in html
    assert "min-resolution" not in html, "side by side no picture is wider than 800"


def test_no_reader_learns_where_a_picture_was_taken(paper: Paper) -> None:
    content, exif = BytesIO(), Drawing.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    exif[ExifTags.Base.Make] = "A camera that tells"
    Drawing.new("RGB", (1800, 1200), "teal").save(content, "JPEG", exif=exif)
    content.seek(0)
    taken = Image.objects.create(title="A drawing", file=ImageFile(content, name="drawing.jpg"))
    assert b"A camera that tells" in taken.file.open().read()
    body(paper, ("picture", {"picture": taken, "alt": "A crane", "credit": "", "caption": ""}))
    printed_ones = [sheet.page.file for path, sheet in whole().items() if path.startswith("/pictures/")]
    assert len(printed_ones) == 3
    assert not [file for file in printed_ones if b"A camera that tells" in (settings.MEDIA_ROOT / file).read_bytes()]


def test_a_pull_quote_is_set_apart(paper: Paper) -> None:
    assert body(paper, ("pull", "Nobody <paid>.")) == '<p class="pull">Nobody &lt;paid&gt;.</p>'


def test_a_passage_in_another_script_runs_its_own_way(paper: Paper) -> None:
    html = body(
        paper,
        ("paragraph", "<p>He said مرحبا.</p><p>قالت: مرحبا OK</p>"),
        ("table", {"data": [["Wind", "ريح"]]}),
    )
    assert "<p>He said مرحبا.</p>" in html
    assert '<p dir="rtl">قالت: مرحبا OK</p>' in html
    assert '<td>Wind</td><td dir="rtl">ريح</td>' in html


def test_nested_tables_that_were_pasted_leave_their_words_apart() -> None:
    pasted = "<p>Before<table><tr><td><p>One</p><table><tr><td>Two</td><td>Three</td></tr></table></td></tr></table>"
    html = printed(pasted, lead)
    assert re.sub(r"\s+", " ", html) == "<p>Before</p><p>One</p>Two Three "


def test_a_link_follows_its_page(paper: Paper) -> None:
    storm = paper.write("Storm")
    paper.write("Calm", body=[("paragraph", f'<p>See <a linktype="page" id="{storm.pk}">it</a>.</p>')])
    assert '<a href="site:/news/storm/">it</a>' in whole()["/news/calm/"].page.body
    publish(storm, slug="gale")
    assert '<a href="site:/news/gale/">it</a>' in whole()["/news/calm/"].page.body
    ArticlePage.objects.get(pk=storm.pk).unpublish()
    assert whole()["/news/calm/"].page.body == "<p>See it.</p>"
    ArticlePage.objects.get(pk=storm.pk).save_revision().publish()
    assert '<a href="site:/news/gale/">it</a>' in whole()["/news/calm/"].page.body


def test_a_page_that_another_links_to_can_be_deleted(paper: Paper) -> None:
    storm = paper.write("Storm")
    paper.write("Calm", body=[("paragraph", f'<p><a linktype="page" id="{storm.pk}">it</a></p>')])
    storm.delete()
    assert whole()["/news/calm/"].page.body == "<p>it</p>"


def test_a_printed_picture_outlives_a_new_crop(paper: Paper, picture: Callable[..., Image]) -> None:
    drawing = picture()
    body(paper, ("picture", {"picture": drawing, "alt": "A crane", "credit": "", "caption": ""}))
    drawing.renditions.all().delete()
    drawing.delete()
    for path, sheet in whole().items():
        if path.startswith("/pictures/"):
            assert (settings.MEDIA_ROOT / sheet.page.file).stat().st_size > 0
