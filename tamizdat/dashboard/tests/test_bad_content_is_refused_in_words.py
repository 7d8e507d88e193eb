"""What cannot be printed is refused at the desk with its remedy; what can is shown safely. Never a traceback."""

import json
import struct
import zlib
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Drawing
from wagtail.images.models import Image
from wagtail.models import Page
from wagtail.test.utils.form_data import rich_text

from tamizdat.articles import queries
from tamizdat.articles.models import ArticlePage
from tamizdat.articles.tests.conftest import Paper
from tamizdat.dashboard.tests.writing import article_form

PUBLISH = {"action-publish": "action-publish"}


@pytest.fixture
def paper(desk):
    return Paper()


@pytest.fixture
def write(paper, editor):
    """Send an article's form to be published; answers what the desk says, as words."""

    def send(*blocks, **fields):
        address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", paper.news.pk])
        answer = editor.post(address, article_form("Storm", *blocks, **fields, **PUBLISH), follow=True)
        return answer.status_code, unescape(answer.content.decode())

    return send


def jpeg(width=600, height=400):
    content = BytesIO()
    Drawing.effect_noise((width, height), 50).save(content, "JPEG")
    return content.getvalue()


def png_of(width, height):
    """A PNG's head that promises so many pixels; what follows is empty."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


PICTURES = {
    "200 megapixels": ("large.png", png_of(20_000, 10_000), "too many pixels"),
    "60 megapixels": ("large.png", png_of(10_000, 6_000), "too many pixels"),
    "cut off": ("cut.jpg", jpeg()[:5_000], "damaged"),
    "a promise without pixels": ("empty.png", png_of(600, 400), "damaged"),
    "words": ("words.jpg", b"These are words.", "damaged"),
    "another format": ("drawing.png", jpeg(), "ends in .png, but what it holds is jpeg"),
    "a program": ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Not a supported image format"),
}
UPLOADS = {
    "one": ("wagtailimages:add", "file"),
    "many": ("wagtailimages:add_multiple", "files[]"),
    "in the article": ("wagtailimages_chooser:create", "image-chooser-upload-file"),
}


@pytest.mark.parametrize("where", UPLOADS)
@pytest.mark.parametrize("what", PICTURES)
def test_a_picture_that_cannot_be_printed_is_refused_with_the_remedy(editor, what, where):
    name, content, said = PICTURES[what]
    address, field = UPLOADS[where]
    form = {"title": "A drawing", "image-chooser-upload-title": "A drawing", field: SimpleUploadedFile(name, content)}
    answer = editor.post(reverse(address), form, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 200
    assert said in unescape(answer.content.decode().encode().decode("unicode_escape"))
    assert not Image.objects.exists()


def test_a_whole_picture_is_taken(editor):
    file = SimpleUploadedFile("drawing.jpg", jpeg())
    editor.post(reverse("wagtailimages:add"), {"title": "A drawing", "file": file})
    assert Image.objects.get().width == 600


@pytest.mark.parametrize("letters", [80_000, 5_000_000])
def test_a_paste_that_is_too_long_is_refused_beside_its_block_and_nothing_is_lost(write, letters):
    status, words = write(
        ("paragraph", rich_text("<p>It blew.</p>")), ("paragraph", rich_text(f"<p>{'x ' * (letters // 2)}</p>"))
    )
    assert status == 200
    assert "Split it into paragraphs of their own" in words
    assert "It blew." in words and "x x x" in words
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (("card", {"address": "javascript:alert(1)", "title": "x", "text": ""}), "Write an address like"),
        (("heading", "x" * 161), "at most 160 characters"),
        (("paragraph", rich_text("<p>It blew[1].</p>")), "there is no note 1. Add it"),
    ],
)
def test_a_block_that_cannot_be_printed_is_refused_with_the_remedy(write, block, said):
    assert said in write(block)[1]
    assert not Page.objects.filter(slug="storm").exists()


def test_a_link_that_would_run_is_printed_as_words(write):
    draft = {
        "blocks": [
            {
                "key": "a",
                "type": "unstyled",
                "depth": 0,
                "text": "Click here.",
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 10, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}},
    }
    write(("paragraph", json.dumps(draft)))
    (sheet,) = queries.sheets(["/news/storm/"])
    assert "Click here." in sheet.page.body
    assert "javascript" not in sheet.page.body


def test_a_first_publication_that_is_no_address_is_refused_beside_its_field(write):
    assert "Enter a valid URL" in write(first_publication="javascript:alert(1)")[1]
    assert not ArticlePage.objects.exists()


def test_the_desk_offers_no_password_that_a_file_would_not_ask_for(paper, editor):
    page = paper.write("Storm")
    editor.post(reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "login"})
    assert not page.get_view_restrictions().exists()
