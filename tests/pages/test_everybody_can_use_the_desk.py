"""axe finds nothing on any screen that is ours at the desk, wide or narrow, and the keyboard gets everywhere."""

import re

import pytest

from tests import browser
from tests.pages.usable import unreached, violations
from tests.walks import desk

# Each screen by its address, and by the links that lead on from there.
TREASURER = {
    "the month": ("",),
    "gifts": ("gifts/",),
    "a gift": ("gifts/", "td.title a"),
    "stop": ("gifts/", "tr:has-text('monthly'):has-text('running') td.title a", "a[href$='/stop/']"),
    "give back": ("", "td.title a[href*='/gifts/']", "a[href*='/refund/']"),
    "costs": ("costs/",),
    "a new cost": ("costs/add/",),
    "change a cost": ("costs/", "a[href$='/change/']"),
    "end a cost": ("costs/", "a[href$='/end/']"),
    "letters": ("letters/",),
    "mailbox": ("mailbox/",),
    "a letter": ("mailbox/", "td.title a"),
    "given up": ("damaged/",),
    "postings": ("postings/",),
}
EDITOR = {
    "the first screen": ("",),
    "asks": ("asks/",),
    "try an ask": ("asks/1/try/", ".desk-sections a"),
    "results": ("asks/1/results/",),
    "archive": ("asks/1/archive/",),
    "the calendar": ("asks/calendar/",),
    "ask nothing": ("asks/silence/",),
}
FIRST = ("",)
SCREENS = {
    **{name: ("treasurer", way) for name, way in TREASURER.items()},
    **{name: ("editor", way) for name, way in EDITOR.items()},
    "a journalist's first": ("journalist", FIRST),
    "a fundraiser's first": ("fundraiser", FIRST),
}


@pytest.fixture(scope="module")
def passwords(demo):
    return dict(re.findall(r"(\w+): log in as \w+ with (\S+)", (demo.home / "data/demo-logins.txt").read_text()))


@pytest.fixture(scope="module")
def people(demo, chromium, passwords):
    """A browser page for each role, signed in."""
    pages = {login: browser.reader(chromium).new_page() for login in passwords}
    for login, page in pages.items():
        desk.log_in(page, demo, login=login, password=passwords[login])
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize(("who", "way"), SCREENS.values(), ids=SCREENS)
def test_a_screen_of_ours(people, demo, who, way):
    page = people[who]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{demo.address}/desk/{way[0]}")
    for link in way[1:]:
        page.locator(link).first.click()
        page.wait_for_load_state()
    assert violations(page) == []
    assert unreached(page, "main") == []
    page.set_viewport_size({"width": 360, "height": 800})
    page.reload()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
