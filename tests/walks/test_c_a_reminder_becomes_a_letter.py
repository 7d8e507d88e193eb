"""Walk C: "remind me later" → confirmed by a first letter → one letter on the day → giving."""

import re
from datetime import UTC, date, datetime, timedelta

from tests.newsrooms import letters, wait_until
from tests.walks import keyboard


def on_the_day(newsroom, day: date) -> int:
    """The clock is the one thing that a test may move: what midnight of that day does."""
    return int(
        newsroom.shell(
            "from datetime import date\n"
            "from tamizdat.reminders import actions\n"
            f"print(actions.send_due(today=date.fromisoformat('{day}')))"
        )
    )


def ask_for_a_letter(page, newsroom, address: str, day: date) -> None:
    page.goto(newsroom.address + "/")
    page.goto(f"{newsroom.address}/remind/?source=appeal/plain&when=date&on={day}")
    page.get_by_label("One letter by e-mail").check()
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Remind me").click()
    page.wait_for_url("**/remind/asked/**")


def link(text: str, part: str) -> str:
    return next(found for found in re.findall(r"https?://\S+", text) if part in found)


def test_a_reminder_is_confirmed_sent_once_on_its_day_and_leads_to_giving(page, newsroom):
    address, day = f"later-{id(page)}@reader.example", datetime.now(UTC).date() + timedelta(days=40)
    ask_for_a_letter(page, newsroom, address, day)
    wait_until(lambda: "/remind/confirm/" in letters(newsroom, address), "the first letter")

    page.goto(link(letters(newsroom, address), "/remind/confirm/"))
    page.get_by_role("button", name="Yes, remind me").click()
    page.get_by_role("heading", name="Your reminder is set").wait_for()

    assert on_the_day(newsroom, day - timedelta(days=1)) == 0
    assert on_the_day(newsroom, day) == 1
    wait_until(lambda: "source=reminder" in letters(newsroom, address), "the reminder")
    assert on_the_day(newsroom, day + timedelta(days=1)) == 0

    page.goto(link(letters(newsroom, address).split("---")[-1], "/support/"))
    assert page.get_by_role("heading", name="Support The Test Gazette").count() == 1


def test_who_gave_with_the_same_address_since_is_not_reminded(page, newsroom):
    address, day = f"gave-{id(page)}@reader.example", datetime.now(UTC).date() + timedelta(days=41)
    ask_for_a_letter(page, newsroom, address, day)
    wait_until(lambda: "/remind/confirm/" in letters(newsroom, address), "the first letter")
    page.goto(link(letters(newsroom, address), "/remind/confirm/"))
    page.get_by_role("button", name="Yes, remind me").click()

    page.goto(f"{newsroom.address}/support/?amount=5&cadence=once&source=reminder/confirm")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Approve").click()
    wait_until(lambda: "/support/my/" in letters(newsroom, address), "the receipt")

    assert on_the_day(newsroom, day) == 0
    assert "source=reminder/letter" not in letters(newsroom, address)


def test_a_reminder_is_asked_for_and_confirmed_by_keyboard_alone(page, newsroom):
    address = f"keys-{id(page)}@reader.example"
    page.goto(f"{newsroom.address}/remind/?source=appeal/plain")
    keyboard.choose(page, page.get_by_label("In three months"))
    keyboard.choose(page, page.get_by_label("One letter by e-mail"))
    keyboard.type_into(page, page.get_by_label("E-mail address"), address)
    keyboard.press(page, page.get_by_role("button", name="Remind me"))
    page.wait_for_url("**/remind/asked/**")
    wait_until(lambda: "/remind/confirm/" in letters(newsroom, address), "the first letter")

    page.goto(link(letters(newsroom, address), "/remind/confirm/"))
    keyboard.press(page, page.get_by_role("button", name="Yes, remind me"))
    page.get_by_role("heading", name="Your reminder is set").wait_for()


def test_a_calendar_file_leaves_nothing_behind(page, newsroom):
    kept = "SELECT id FROM reminders_reminder"
    before = newsroom.rows(kept)
    page.goto(f"{newsroom.address}/remind/?when=next-month&source=appeal/plain")
    page.get_by_label("A file for my calendar").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Remind me").click()
    text = download.value.path().read_text("utf-8")
    assert "BEGIN:VEVENT" in text and "reminder/calendar" in text.replace("\r\n ", "").replace("%2F", "/")
    assert set(newsroom.rows(kept)) <= set(before)
