"""Walk A: Publish → touched paths → baked files → a reader's page."""

import pytest

from tests import browser
from tests.newsrooms import status, wait_until
from tests.walks import desk


@pytest.fixture
def editor(chromium):
    context = browser.reader(chromium, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def test_an_article_is_published_read_corrected_and_withdrawn(editor, chromium, newsroom):
    desk.log_in(editor, newsroom)
    desk.write_article(editor, newsroom, title="Ice on the harbour", text="The first ice came in the night.")
    desk.publish(editor)
    page_id, path = newsroom.shell(
        "from tamizdat.articles.models import ArticlePage\n"
        "page = ArticlePage.objects.get(title='Ice on the harbour')\n"
        "print(page.pk, page.site_path)"
    ).split()
    wait_until(lambda: status(newsroom.address + path) == 200, "the article's file")

    reading = browser.reader(chromium, java_script_enabled=False).new_page()
    reading.goto(newsroom.address + "/")
    reading.get_by_role("link", name="Ice on the harbour").first.click()
    assert reading.url == newsroom.address + path
    assert "The first ice came in the night." in reading.inner_text("article")
    assert "Not ready to support today? Remind me later." in reading.inner_text("article")
    feed = reading.request.get(newsroom.address + "/feed.xml").text()
    assert "Ice on the harbour" in feed and "The first ice" in feed

    editor.goto(f"{newsroom.address}/desk/pages/{page_id}/unpublish/")
    editor.get_by_role("button", name="Yes, unpublish it").click()
    wait_until(lambda: status(newsroom.address + path) == 404, "the article to be gone")
    assert "Ice on the harbour" not in reading.request.get(newsroom.address + "/").text()
