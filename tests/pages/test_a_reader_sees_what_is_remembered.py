"""The privacy page: all that a device remembers, shown, forgotten, or switched off."""

import json

import pytest

from tamizdat.articles.rules.sheets import Kind, Link, Masthead, Plain, Sheet
from tamizdat.bakery.renderer import Renderer
from tests.pages.asking import asking
from tests.pages.test_the_device_decides import Reader, opened, read, remembered, remembering

PRIVACY = Sheet(
    path="/privacy/",
    kind=Kind.PRIVACY,
    language="en",
    page=Plain(what="privacy", title="Privacy", body="<p>Nobody is watched.</p>"),
    masthead=Masthead(front="/", sections=(Link("News", "/news/"),)),
    is_quiet=True,
)


@pytest.fixture
def shown(chromium):
    pages = []

    def on(reader: Reader):
        pages.append(opened(chromium, Renderer(asking()).render(PRIVACY), reader))
        return pages[-1]

    yield on
    for page in pages:
        page.context.close()


def press(page, name: str) -> None:
    """Press a button, and be there when the page has begun anew."""
    with page.expect_event("load"):
        page.get_by_role("button", name=name).click()


def test_all_of_it_is_shown_as_it_is_kept(shown):
    reader = read(3, 2)
    page = shown(reader)
    assert json.loads(page.locator("output").inner_text()) == remembered(page)
    assert remembered(page)["reads"] == reader.state["reads"]


def test_a_new_reader_is_told_that_nothing_is_kept(shown):
    page = shown(Reader())
    assert page.locator("output").inner_text() == "Nothing yet."
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("kept", [None, "{", '{"version": 3}'])
def test_everything_is_forgotten_even_what_cannot_be_read(shown, kept):
    page = shown(read(3) if kept is None else Reader(kept))
    assert page.locator("output").inner_text() != "Nothing yet."
    page.context.add_init_script("if (location.hash) delete localStorage.tamizdat")  # which this test put there
    press(page, "Forget everything")
    assert page.evaluate("localStorage.length") == 0
    assert page.locator("output").inner_text() == "Nothing yet."


def test_reading_is_no_longer_counted_and_its_counts_are_gone(shown):
    page = shown(read(3))
    page.get_by_label("Do not count the articles that I read").check()
    press(page, "Keep this choice")
    assert remembered(page)["uncounted"] is True
    assert "reads" not in json.loads(page.locator("output").inner_text())
    assert page.get_by_label("Do not count").is_checked()


def test_messages_are_switched_off_and_on_again(shown):
    page = shown(remembering(gave="once"))
    page.get_by_label("Show me no messages").check()
    press(page, "Keep this choice")
    assert remembered(page)["hidden"] is True
    page.get_by_label("Show me no messages").uncheck()
    press(page, "Keep this choice")
    assert "hidden" not in remembered(page)
    assert remembered(page)["gave"] == "once", "what was not changed stays"


def test_what_cannot_be_read_is_not_written_over(shown):
    page = shown(Reader('{"version": 3, "hidden": true}'))
    assert page.get_by_label("Show me no messages").is_disabled()
    press(page, "Keep this choice")
    assert page.evaluate("localStorage.tamizdat") == '{"version": 3, "hidden": true}'


def test_it_asks_for_nothing_and_works_by_keyboard(shown):
    page = shown(read(3))
    assert page.locator("[data-ask]:visible:not(.always)").count() == 0
    page.get_by_label("Do not count").focus()
    page.keyboard.press("Space")
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    assert remembered(page)["uncounted"] is True
