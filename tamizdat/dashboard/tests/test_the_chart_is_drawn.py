"""The first screen in a real browser, served from memory: no server, no network."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests.browser import opened

LINES = """
() => Chart.getChart("desk-chart").data.datasets.map(line => [line.label, line.borderColor, line.data])
"""


def serve(page, html):
    def answer(route):
        path = urlsplit(route.request.url).path
        file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path == "/desk/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif file:
            route.fulfill(path=Path(file))
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto("http://desk.example/desk/")
    return page


@pytest.mark.browser
def test_two_lines_bear_the_words_and_colours_of_the_table_below(treasurer, paid):
    html = treasurer.get("/desk/").content.decode()
    with opened() as browser:
        raised, need = serve(browser.new_page(), html).evaluate(LINES)
    assert (raised[0], need[0]) == ("Raised", "Needed")
    assert raised[1] != need[1]
    assert raised[2][-1] == 4.55
    assert len(raised[2]) == len(need[2]) == 12
