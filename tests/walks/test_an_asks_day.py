"""A day of an ask at the desk: drafted, tried, published, counted, stopped and put away; the files follow."""

import re
import urllib.request

import pytest
from playwright.sync_api import Page

from tests.newsrooms import wait_until
from tests.walks import desk
from tests.walks.test_a_journalist_cannot_publish import forge

PAGE = "/news/barges/"
ARABIC = "/ar/"
TALLIES = """
from datetime import UTC, datetime, timedelta
from tamizdat.asks.models import Ask, Tally
from tamizdat.asks.rules.alarms import day_to_judge
judged = day_to_judge(datetime.now(UTC))
long_ago = datetime.now(UTC) - timedelta(days=20)
Ask.objects.filter(key="{key}").update(first_published_at=long_ago, last_published_at=long_ago)
for back in range(1, 8):
    Tally.objects.update_or_create(
        day=judged - timedelta(days=back), source="notice/{key}.warm", event="seen", defaults={{"n": 4000}})
"""
RING = "from datetime import UTC, datetime; from tamizdat.asks import alarms; alarms.ring(now=datetime.now(UTC))"


@pytest.fixture
def ask(office):
    """Where the ask of this file is edited, once the fundraiser has written it."""
    found = office.newsroom.shell("from tamizdat.asks.models import Ask; print(Ask.objects.get(key='winter').pk)")
    return f"{office.address}/desk/asks/edit/{found}/", int(found)


def fill_text(page: Page, number: int, *, language: str, heading: str, text: str) -> None:
    field = f"wordings-0-value-texts-{number}-value"
    page.locator(f"[name={field}-language]").select_option(language)
    page.locator(f"[name={field}-heading]").fill(heading)
    page.locator(f"[name={field}-text]").fill(text)


def test_a_fundraiser_writes_it_in_two_languages_and_cannot_publish(fundraiser, office):
    fundraiser.goto(office.address + "/desk/asks/")
    fundraiser.get_by_text("readers see the ones that come with the paper").wait_for()
    fundraiser.get_by_role("link", name="Write the first").click()
    fundraiser.locator("#id_name").fill("Winter, for everybody")
    fundraiser.locator("#id_key").fill("winter")
    fundraiser.locator("#id_placement").select_option("notice")
    fundraiser.locator("#panel-child-wordings-wrapper button[title='Insert a block']").first.click()
    fundraiser.locator("[name=wordings-0-value-name]").fill("warm")
    fill_text(fundraiser, 0, language="en", heading="A cold winter", text="The harbour is cold, and so are **we**.")
    fundraiser.locator("#panel-child-wordings-wrapper button[title='Add']").last.click()
    fill_text(fundraiser, 1, language="ar", heading="شتاء بارد", text="الميناء بارد.")
    fundraiser.locator("[name=wordings-0-value-texts-1-value-text]").fill("كلمة " * 50)
    fundraiser.get_by_role("status").get_by_text("50 words; readers stop after about 45 here.").wait_for()
    fundraiser.locator("[name=wordings-0-value-texts-1-value-text]").fill("الميناء بارد.")
    assert fundraiser.get_by_role("button", name="Publish").count() == 0
    fundraiser.get_by_role("button", name="Save draft").click()
    fundraiser.wait_for_url("**/desk/asks/edit/**")
    assert office.is_quiet()
    assert "A cold winter" not in office.file(PAGE)


def verdicts(page: Page) -> set[str]:
    page.locator("#verdicts [data-verdict]").first.wait_for()
    return set(page.locator("#verdicts [data-verdict]").evaluate_all("all => all.map(one => one.dataset.verdict)"))


def test_it_is_tried_as_three_readers(fundraiser, office, ask):
    fundraiser.goto(f"{office.address}/desk/asks/{ask[1]}/try/?page={PAGE}")
    assert "notice/winter asks" in verdicts(fundraiser)
    frame = fundraiser.frame_locator("#page")
    frame.get_by_text("A cold winter").wait_for()
    frame.get_by_text("we", exact=True).wait_for()

    fundraiser.get_by_role("link", name="In Kazakhstan, 12 articles, closed it 3 days ago").click()
    assert {"notice/winter closed", "notice/plain closed"} <= verdicts(fundraiser)
    assert fundraiser.locator("#page").bounding_box()["width"] <= 362
    fundraiser.get_by_text("does not ask, because the reader closed it not long ago (closed)").first.wait_for()
    assert not frame.get_by_text("A cold winter").is_visible()

    fundraiser.get_by_role("link", name="Gives every month").click()
    assert {one.split(" ")[1] for one in verdicts(fundraiser)} == {"gave"}

    fundraiser.goto(f"{office.address}/desk/asks/{ask[1]}/try/?page={ARABIC}&device=phone")
    frame.get_by_text("شتاء بارد").wait_for()
    assert frame.locator("html").get_attribute("dir") == "rtl"


def test_an_editor_publishes_it_and_it_stands_in_the_paper(editor, office, ask):
    editor.goto(ask[0])
    desk.press(editor, "Publish")
    editor.get_by_text("published").first.wait_for()
    said = office.wait_for(PAGE, "A cold winter")
    assert 'data-ask="notice/winter.warm"' in said
    office.wait_for(ARABIC, "شتاء بارد")


def test_two_wordings_are_tried_and_counted(editor, office, ask):
    editor.goto(ask[0])
    editor.locator("#panel-child-wordings-wrapper button[title='Insert a block']").last.click()
    editor.locator("[name=wordings-1-value-name]").fill("plain-words")
    editor.locator("[name=wordings-1-value-texts-0-value-language]").select_option("en")
    editor.locator("[name=wordings-1-value-texts-0-value-text]").fill("The paper needs you.")
    desk.press(editor, "Publish")
    editor.get_by_text("published").first.wait_for()
    office.wait_for(PAGE, 'data-ask="notice/winter.plain-words"')

    for wording, times in (("warm", 7), ("plain-words", 5)):
        for _ in range(times):
            count(office, f"notice/winter.{wording}/seen/10")
    seen = "SELECT source, n FROM asks_tally WHERE event = 'seen' ORDER BY source"
    wait_until(lambda: len(office.newsroom.rows(seen)) == 2, "the counts to be kept")
    assert office.newsroom.rows(seen) == [("notice/winter.plain-words", 50), ("notice/winter.warm", 70)]

    # A day counts when it is over.
    office.newsroom.shell(
        "from datetime import timedelta; from django.db.models import F; from tamizdat.asks.models import Tally;"
        "Tally.objects.update(day=F('day') - timedelta(days=1))"
    )
    editor.goto(f"{office.address}/desk/asks/{ask[1]}/results/")
    rows = editor.locator("tbody tr")
    assert "70" in rows.filter(has_text=re.compile(r"^\s*warm")).inner_text()
    assert "50" in rows.filter(has_text=re.compile(r"^\s*plain-words")).inner_text()
    assert editor.locator(".desk-verdict").inner_text()


def count(office, what: str) -> None:
    request = urllib.request.Request(
        f"{office.address}/counts/{what}", method="POST", headers={"User-Agent": "Mozilla"}
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 204


def test_an_alarm_rings_when_it_is_no_longer_shown(editor, office, ask):
    office.newsroom.shell(TALLIES.format(key="winter") + RING)
    editor.goto(office.address + "/desk/")
    editor.get_by_text("Winter, for everybody").first.wait_for()
    letters = "SELECT subject FROM letters_trainingletter"
    wait_until(lambda: office.newsroom.rows(letters), "a letter to whoever may publish asks")
    assert "an ask is no longer shown" in office.newsroom.rows(letters)[-1][0]


def test_a_place_is_stopped_at_once_and_asks_again(editor, office, ask):
    editor.goto(office.address + "/desk/asks/calendar/")
    editor.locator("tr", has_text="Notice, at the top").get_by_role("link", name="Stop asking here").click()
    editor.locator("#id_why").fill("The minister has died.")
    editor.get_by_role("button", name="Ask nothing").click()
    editor.get_by_text("Nothing is asked: The minister has died.").wait_for()
    office.wait_until_gone(PAGE, "A cold winter")
    assert 'class="notice"' not in office.file(PAGE)
    editor.goto(office.address + "/desk/asks/")
    assert "Silenced" in editor.locator("tr", has_text="Winter").inner_text()
    editor.goto(office.address + "/desk/asks/calendar/")
    editor.get_by_role("button", name="Ask again").click()
    office.wait_for(PAGE, "A cold winter")


def test_it_is_stopped_and_put_away(editor, fundraiser, office, ask):
    editor.goto(ask[0].replace("/edit/", "/unpublish/"))
    editor.get_by_role("button", name="Yes, unpublish it").click()
    office.wait_until_gone(PAGE, "A cold winter")
    fundraiser.goto(f"{office.address}/desk/asks/{ask[1]}/archive/")
    assert fundraiser.url == office.address + "/desk/"
    editor.goto(f"{office.address}/desk/asks/{ask[1]}/archive/")
    editor.get_by_role("button", name="Archive it").click()
    editor.get_by_text("is in the archive, with what it earned").wait_for()
    assert editor.locator("tr", has_text="Winter").count() == 0
    editor.goto(office.address + "/desk/asks/?archived_at=true")
    editor.get_by_role("link", name="Winter, for everybody").wait_for()


def test_what_a_drafter_sends_by_hand_publishes_nothing(fundraiser, office):
    fundraiser.goto(office.address + "/desk/asks/add/")
    fundraiser.locator("#id_name").fill("Forged")
    fundraiser.locator("#id_key").fill("forged")
    fundraiser.locator("#id_placement").select_option("appeal")
    fundraiser.locator("#panel-child-wordings-wrapper button[title='Insert a block']").first.click()
    fundraiser.locator("[name=wordings-0-value-name]").fill("warm")
    fundraiser.locator("[name=wordings-0-value-texts-0-value-text]").fill("Forged words.")
    forge(fundraiser, "action-publish")
    fundraiser.wait_for_load_state()
    assert office.is_quiet()
    assert "Forged words." not in office.file(PAGE)
    assert office.newsroom.rows("SELECT count(*) FROM asks_ask WHERE key = 'forged' AND live") == [(0,)]
