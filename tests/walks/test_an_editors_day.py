"""An editor's day at the desk; after each step the files on the disk are right."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO

import pytest
from PIL import Image

from tests.newsrooms import status
from tests.walks import desk

TICK = """
from datetime import datetime, timedelta
from unittest import mock
from django.utils import timezone
from tamizdat.server.clock import publish_scheduled
now = timezone.now() + timedelta(days={days})
with mock.patch("django.utils.timezone.now", return_value=now):
    publish_scheduled(now)
"""
IN_NEWS = {"/", "/news/", "/feed.xml", "/news/feed.xml"}
ASK = "Not ready to support today? Remind me later."


def words(html: str) -> str:
    """What a page says, in order."""
    bare = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(bare).split())


def drawing() -> bytes:
    content = BytesIO()
    Image.effect_noise((1700, 1100), 60).convert("RGB").save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def open_form(editor, office):
    """The editor opens an article's form."""

    def go(title):
        editor.goto(office.form(title))
        return editor

    return go


def test_a_journalist_writes_and_an_editor_sends_it_back_then_approves(journalist, editor, office):
    desk.begin_article(
        journalist, office, under=office.made["News"], title="Ice on the harbour", text="The first ice came."
    )
    desk.add_picture(journalist, "ice.jpg", drawing())
    journalist.locator("#id_picture-CHOSEN, .chooser__title").first.wait_for()
    desk.press(journalist, "Submit to A second pair of eyes")
    journalist.get_by_text("Say what the picture shows; some readers cannot see it.").first.wait_for()
    journalist.locator("#id_picture_alt").fill("Floes between two boats")
    desk.press(journalist, "Submit to A second pair of eyes")
    journalist.get_by_text("submitted for moderation").first.wait_for()
    assert office.lists("Ice on the harbour") == set()

    editor.goto(office.address + "/desk/")
    editor.get_by_role("link", name="Ice on the harbour").first.click()
    desk.press(editor, "Request changes")
    editor.locator("#id_comment").fill("Say when.")
    editor.locator(".modal-body button[type=submit]").click()
    editor.wait_for_url(lambda url: not url.endswith("/edit/"))  # once it is done, not while it is being done

    journalist.goto(office.address + "/desk/")
    journalist.get_by_role("link", name="Ice on the harbour").first.click()
    journalist.get_by_text("Say when.").first.wait_for(state="attached")
    journalist.locator("#id_kicker").fill("Weather")
    journalist.locator("#id_standfirst").fill("It came on Tuesday night.")
    desk.press(journalist, "Resubmit to An editor reads it")
    journalist.get_by_text("submitted for moderation").first.wait_for()

    editor.goto(office.address + "/desk/")
    editor.get_by_role("link", name="Ice on the harbour").first.click()
    previewed = preview(editor, "It came on Tuesday night.")
    desk.press(editor, "Approve and Publish")
    page = office.wait_for("/news/ice-on-the-harbour/", "It came on Tuesday night.")
    assert 'alt="Floes between two boats"' in page
    # What is read next is chosen when it is published; all else was seen before.
    seen, printed = (words(one.partition("</article>")[0]) for one in (previewed, page))
    assert seen == printed and ASK in printed
    for picture in re.findall(r'(?:src|srcset)="[./]*(/?pictures/[^" ]*)', page):
        assert (office.newsroom.home / "data/site" / picture.lstrip("/")).stat().st_size > 1_000
    assert office.lists("Ice on the harbour") == IN_NEWS


def preview(page, text):
    """The preview's source, once it says so."""
    desk.open_panel(page, "preview")
    frame = page.frame_locator("iframe[title='Preview']").last
    frame.get_by_text(text).first.wait_for()
    return frame.locator("html").evaluate("html => html.outerHTML")


def test_what_is_scheduled_comes_and_goes_by_the_clock(editor, office):
    desk.begin_article(editor, office, under=office.made["News"], title="Fog", text="Fog came.")
    now = datetime.now(UTC)
    desk.schedule(editor, comes=now + timedelta(days=1), goes=now + timedelta(days=3))
    desk.press(editor, "Schedule to publish")
    editor.get_by_text("scheduled for publishing").first.wait_for()
    assert office.file("/news/fog/") == ""
    office.newsroom.shell(TICK.format(days=2))
    office.wait_for("/news/fog/", "Fog came.")
    assert office.lists("Fog") == IN_NEWS
    office.newsroom.shell(TICK.format(days=4))
    office.wait_until_gone("/news/fog/", "Fog came.")
    assert office.lists("Fog") == set()


def test_a_correction_is_a_dated_note_on_the_page(open_form, office):
    editor = open_form("Barges")
    editor.get_by_role("button", name="Add correction").click()
    editor.locator("#id_corrections-0-text").fill("There were nine barges, not eight.")
    desk.publish(editor)
    page = office.wait_for("/news/barges/", "There were nine barges, not eight.")
    today = datetime.now(UTC).date()
    assert f'<time datetime="{today}">' in page.partition('id="corrections"')[2]
    assert "Corrected" in words(page)


def test_a_new_slug_leads_from_the_old_address(open_form, office):
    editor = open_form("Cranes")
    editor.get_by_role("tab", name="Promote").click()
    editor.locator("#id_slug").fill("two-cranes")
    desk.publish(editor)
    assert "About cranes." in office.wait_for("/news/two-cranes/", "About cranes.")
    leads_on(editor, office, "/news/cranes/", "/news/two-cranes/")
    assert "news/cranes/" not in office.wait_for("/news/", 'href="../news/two-cranes/"')


def leads_on(page, office, old, new):
    """The old address is a file that leads to the new one, and is known to servers."""
    office.wait_for(old, 'http-equiv="refresh"')
    assert json.loads(office.file("/redirects.json"))[old.rstrip("/")].endswith(new)
    page.goto(office.address + old)
    page.wait_for_url(office.address + new)


def test_a_moved_article_stands_in_the_other_section_and_its_old_address_leads_there(open_form, office):
    editor = open_form("Docks")
    made = office.made
    editor.goto(f"{office.address}/desk/pages/{made['Docks']}/move/{made['Harbour']}/confirm/")
    editor.get_by_role("button", name="Yes, move this page").click()
    office.wait_for("/harbour/docks/", "About docks.")
    leads_on(editor, office, "/news/docks/", "/harbour/docks/")
    assert office.lists("Docks") == {"/", "/harbour/", "/feed.xml", "/harbour/feed.xml"}


def test_a_translation_is_written_in_its_own_tree(open_form, office):
    editor = open_form("Eels")
    editor.goto(f"{office.address}/desk/translation/submit/page/{office.made['Eels']}/")
    editor.get_by_label("العربية").check()
    editor.get_by_role("button", name="Submit").click()
    editor.wait_for_url("**/edit/")
    editor.locator("#id_title").fill("ثعابين الماء")
    desk.publish(editor)
    (path,) = re.findall(r'href="[./]*(/ar/news/[^"]+/)">ثعابين الماء', office.wait_for("/ar/news/", "ثعابين الماء"))
    page = office.wait_for(path, "ثعابين الماء")
    assert '<html lang="ar" dir="rtl">' in page
    assert 'hreflang="en"' in page
    assert 'hreflang="ar"' in office.wait_for("/news/eels/", 'hreflang="ar"')
    assert "ثعابين" not in office.file("/news/")


def test_an_unpublished_article_is_gone_from_everywhere(open_form, office):
    editor = open_form("Ferries")
    editor.goto(f"{office.address}/desk/pages/{office.made['Ferries']}/unpublish/")
    editor.get_by_role("button", name="Yes, unpublish it").click()
    office.wait_until_gone("/news/ferries/", "Ferries")
    office.wait_until_gone("/", "Ferries")
    assert office.lists("Ferries") == set()
    assert status(office.address + "/news/ferries/") == 404
    assert "ferries" not in office.file("/sitemap.xml")


def test_versions_are_compared_and_an_older_one_comes_back(open_form, office):
    editor, page = open_form("Gales"), f"{office.address}/desk/pages/{office.made['Gales']}"
    for standfirst in ("A long one.", "A longer one."):
        editor.goto(office.form("Gales"))
        editor.locator("#id_standfirst").fill(standfirst)
        desk.publish(editor)
        office.wait_for("/news/gales/", standfirst)
    editor.goto(f"{page}/revisions/compare/earliest...latest/")
    compared = editor.locator("#main .comparison").all_inner_texts()
    assert any("short" in change and "longer" in change for change in compared), compared
    editor.goto(f"{page}/history/")
    editor.locator("table.listing").get_by_role("button", name="Actions").last.click()
    editor.get_by_role("link", name="Review this version").click()
    desk.press(editor, "Publish this version")
    office.wait_for("/news/gales/", "A long one.")


def test_what_an_editor_has_locked_a_journalist_only_reads(open_form, journalist, office):
    editor = open_form("Gales")
    desk.open_panel(editor, "status")
    editor.locator("label.switch", has_text="Lock").click()
    editor.get_by_text("was locked by you").or_(editor.get_by_text("is locked")).first.wait_for()
    journalist.goto(office.form("Gales"))
    assert "locked" in journalist.inner_text("#main")
    assert journalist.get_by_role("button", name="Save draft").count() == 0
