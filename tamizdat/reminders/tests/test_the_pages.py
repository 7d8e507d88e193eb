import logging
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from icalendar import Calendar

from tamizdat.letters.models import Address
from tamizdat.reminders import actions
from tamizdat.reminders.models import Confirmation, Reminder
from tamizdat.reminders.tests.conftest import ADDRESS, confirm_path, forget_path, link

pytestmark = pytest.mark.usefixtures("training")


def said(**changes):
    return {
        "when": "next-month",
        "how": "letter",
        "address": ADDRESS,
        "on": "",
        "source": "appeal/plain",
    } | changes


def test_from_the_form_to_a_confirmed_reminder(client, mailbox):
    assert client.get("/remind/").status_code == 200
    answer = client.post("/remind/", said())
    assert (answer.status_code, answer["Location"]) == (303, "/remind/asked/")
    assert b"mailbox" in client.get("/remind/asked/").content
    path = link(mailbox()[0].text, "/remind/confirm/")
    assert b"Yes, remind me" in client.get(path).content
    assert not Confirmation.objects.exists(), "a program that opens links confirms nothing"
    answer = client.post(path, follow=True)
    assert "Your reminder is set" in answer.content.decode()
    assert Confirmation.objects.count() == 1
    client.post(path)
    assert Confirmation.objects.count() == 1


def test_do_not_remind_me_erases_after_one_button_and_says_so_ever_after(client, reminder, mailbox):
    actions.send_due(today=reminder.on)
    path = link(mailbox()[0].text, "/remind/forget/")
    assert b"Erase my reminder" in client.get(path).content
    assert Reminder.objects.exists()
    for _twice in range(2):
        assert "Nothing is kept" in client.post(path, follow=True).content.decode()
    assert not Reminder.objects.exists()
    assert not Address.objects.exists()


def test_the_language_is_in_the_path_and_in_the_letter(client, mailbox):
    assert '<html lang="ru"' in client.get("/ru/remind/").content.decode()
    assert client.post("/ru/remind/", said())["Location"] == "/ru/remind/asked/"
    letter = mailbox()[0]
    assert '<html lang="ru"' in letter.html
    assert link(letter.text, "/ru/remind/confirm/")


def test_a_header_does_not_choose_the_language(client):
    assert '<html lang="en"' in client.get("/remind/", headers={"accept-language": "ru"}).content.decode()


def test_a_link_fills_the_form_and_what_it_says_wrong_is_passed_over(client, today):
    on = (today + timedelta(days=50)).isoformat()
    page = client.get("/remind/", {"when": "date", "on": on, "source": "appeal/plain"}).content.decode()
    assert f'value="{on}"' in page
    assert 'value="date" checked' in page
    assert 'name="source" value="appeal/plain"' in page
    page = client.get("/remind/", {"when": "<script>", "on": "<b>"}).content.decode()
    assert 'value="next-month" checked' in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"address": ""}, "address", "Write your e-mail address"),
        ({"address": "reader"}, "address", "has an @ in it"),
        ({"address": "a@example.org\r\nBcc: b@example.org"}, "address", "not an e-mail address"),
        ({"when": ""}, "when", "Choose when."),
        ({"when": "never"}, "when", "Choose when."),
        ({"how": ""}, "how", "Choose how."),
        ({"when": "date"}, "on", "Choose a day."),
        ({"when": "date", "on": "soon"}, "on", "Write the day like"),
        ({"when": "date", "on": "2020-01-01"}, "on", "The earliest day is"),
        ({"when": "date", "on": "2099-01-01"}, "on", "By letter the latest day is"),
        ({"when": "date", "on": "2099-01-01", "how": "calendar"}, "on", "The latest day is"),
        ({"when": "date", "on": "9999-12-31", "how": "calendar"}, "on", "The latest day is"),
        ({"on": "2027-01-01"}, "on", "Now yours is chosen"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_kept_as_typed(client, changes, field, words):
    answer = client.post("/remind/", said(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page.split(f'id="{field}-error">')[1].split("</p>")[0]
    for name in ("address", "on"):
        if value := said(**changes)[name].splitlines():
            assert f'value="{value[0]}' in page
    assert not Reminder.objects.exists()
    assert not Address.objects.exists()


def test_everything_that_is_wrong_is_said_at_once(client):
    page = client.post("/remind/", said(when="date", on="2020-01-01", address="x")).content.decode()
    assert 'id="on-error"' in page
    assert 'id="address-error"' in page


def test_today_is_too_early_and_tomorrow_is_not(client, today):
    assert client.post("/remind/", said(when="date", on=today.isoformat())).status_code == 422
    tomorrow = (today + timedelta(1)).isoformat()
    assert client.post("/remind/", said(when="date", on=tomorrow)).status_code == 303


def test_the_answer_is_the_same_however_often_an_address_was_written_to(client):
    answers = [client.post("/remind/", said()) for _ in range(5)]
    assert len({(a.status_code, a["Location"], a.content) for a in answers}) == 1
    assert Reminder.objects.count() == 3


def test_a_calendar_file_rings_on_the_day_and_nothing_is_stored(client, today, django_assert_num_queries):
    on = (today + timedelta(days=400)).isoformat()
    with django_assert_num_queries(0):
        answer = client.post("/ru/remind/", said(how="calendar", when="date", on=on, address=""))
    assert answer["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert str(event.decoded("dtstart")) == on
    assert event["url"].endswith("/ru/support/?source=reminder%2Fcalendar")
    assert len(event.walk("VALARM")) == 1
    assert not Reminder.objects.exists()


def test_an_address_typed_beside_a_calendar_file_is_not_kept(client):
    client.post("/remind/", said(how="calendar"))
    assert not Address.objects.exists()


@pytest.mark.parametrize("kind", ["confirm", "forget"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_address_says_so_and_logs_no_path(client, reminder, caplog, *, kind, method):
    genuine = confirm_path(reminder) if kind == "confirm" else forget_path(reminder)
    for path in (genuine[:-2] + "X/", f"/remind/{kind}/x/", genuine.replace(reminder.id.hex[:8], "00000000")):
        caplog.clear()
        answer = getattr(client, method)(path)
        assert answer.status_code == 404
        assert [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING] == [
            "404: a wrong or expired reminder address was opened"
        ]
    assert Reminder.objects.exists()


def test_a_confirmation_link_works_for_a_week(client, ask, monkeypatch):
    path = confirm_path(ask())
    later = signing.time.time() + 7 * 86400 + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert client.post(path).status_code == 404
    assert not Confirmation.objects.exists()


def test_a_forget_link_confirms_nothing(client, ask):
    token = forget_path(ask()).split("/")[-2]
    assert client.post(f"/remind/confirm/{token}/").status_code == 404


def test_confirming_what_was_forgotten_is_refused_kindly(client, ask):
    reminder = ask()
    client.post(forget_path(reminder))
    answer = client.post(confirm_path(reminder))
    assert answer.status_code == 404
    assert "ask again" in answer.content.decode()


@pytest.mark.parametrize("path", ["/remind/", "/remind/asked/"])
def test_pages_are_not_stored_and_keep_the_referrer_at_home(client, path):
    answer = client.get(path)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_a_post_from_elsewhere_is_refused(client):
    client.handler.enforce_csrf_checks = True
    assert client.post("/remind/", said()).status_code == 403
    assert not Reminder.objects.exists()


def test_no_log_and_no_row_holds_the_address(client, caplog, mailbox):
    caplog.set_level(logging.DEBUG)
    for changes in ({}, {"when": "date"}, {}, {}, {}):
        client.post("/remind/", said(**changes))
    assert "canary" not in caplog.text
    with connection.cursor() as cursor:
        for table in ("reminders_reminder", "reminders_reply", "letters_recipient", "letters_letter"):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "canary" not in repr(cursor.fetchall())
