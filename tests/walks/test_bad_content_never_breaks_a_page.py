"""What should not be pasted or uploaded is refused where it was put, or printed safely; no page grows too wide."""

import re

import pytest

from tamizdat.dashboard.tests.test_bad_content_is_refused_in_words import png_of
from tests import browser
from tests.walks import desk

PASTE = """({html, text}) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    if (html) data.setData("text/html", html);
    const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(paste);
}"""
LONG = "Donaudampfschifffahrt" * 15
MIXED = "The minister said «لا تعليق» (no comment) at 12:30, then العبّارة 7 left."
NESTED = (
    "<table><tr><td>Outside<table><tr><td>Inside</td><td>" + LONG[:300] + "</td></tr></table></td></tr></table>"
    '<p><a href="javascript:alert(1)">Press here</a> <img src="x" onerror="alert(1)"><b>Bold</b></p>'
)
SPREAD = "document.documentElement.scrollWidth"


@pytest.fixture
def writing(editor, office):
    """An editor who writes; the focus is in an empty paragraph."""

    def begin(title):
        desk.begin_article(editor, office, under=office.made["News"], title=title, text="It began. ")
        return editor

    return begin


def test_a_paste_of_five_megabytes_is_refused_at_once_and_nothing_is_lost(writing, office):
    editor = writing("Flood")
    editor.evaluate(PASTE, {"html": "", "text": "Water. " * 750_000})
    editor.get_by_text("Paste it in parts, each into a paragraph of its own.").wait_for()
    assert "5,250,000 letters, more than the 50,000" in editor.inner_text("main")
    editor.keyboard.type("It ended.")
    editor.wait_for_function(desk.IS_IN_THE_FORM, arg="It ended.")
    desk.publish(editor)
    assert "It began. It ended." in office.wait_for("/news/flood/", "It ended.")


def test_what_was_pasted_from_elsewhere_is_printed_as_words(writing, office, chromium):
    editor = writing("Wreckage")
    editor.evaluate(PASTE, {"html": NESTED, "text": "Outside Inside"})
    editor.evaluate(PASTE, {"html": f"<p>{LONG}</p><p>{MIXED}</p>", "text": LONG + MIXED})
    editor.wait_for_function(desk.IS_IN_THE_FORM, arg="12:30")
    desk.publish(editor)
    page = office.wait_for("/news/wreckage/", "12:30")
    body = page.partition("<article")[2].partition('class="appeal')[0]
    assert "Outside" in body and "Inside" in body and "Press here" in body
    assert not re.search(r"javascript:|onerror|<table|<script|<img", body)
    keeps_its_width(chromium, office, "/news/wreckage/")


def test_words_that_never_end_stay_on_the_page_wherever_they_are_shown(writing, office, chromium):
    editor = writing("Ships")
    editor.locator("#id_title").fill(LONG[:255])
    editor.locator("#id_standfirst").fill(LONG)
    editor.locator("#id_kicker").fill(LONG[:60])
    editor.get_by_role("button", name="Add correction").click()
    editor.locator("#id_corrections-0-text").fill(LONG)
    editor.get_by_role("tab", name="Promote").click()
    editor.locator("#id_slug").fill("ships")
    desk.publish(editor)
    office.wait_for("/news/ships/", LONG[:255])
    for path in ("/news/ships/", "/", "/news/", "/news/gales/"):
        keeps_its_width(chromium, office, path)


def keeps_its_width(chromium, office, path):
    for width in (360, 1280):
        page = browser.reader(chromium, viewport={"width": width, "height": 800}).new_page()
        page.goto(office.address + path)
        assert page.evaluate(SPREAD) <= width, (path, width)
        page.context.close()


PICTURES = {
    "200 megapixels": ("large.png", png_of(20_000, 10_000), "This picture has too many pixels"),
    "broken": ("broken.jpg", b"\xff\xd8\xff\xe0" + b"nothing" * 900, "This file is damaged, or it is no picture"),
}


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_picture_that_cannot_be_printed_is_refused_where_it_is_sent(editor, office, picture):
    name, content, said = picture
    editor.goto(office.form("Gales"))
    desk.add_picture(editor, name, content)
    editor.locator(".modal-body").get_by_text(said).wait_for()
    assert editor.locator("#id_picture").input_value() == ""
