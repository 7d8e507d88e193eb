"""The list of asks says what each does and what it earned; the calendar, when."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tamizdat.asks import actions
from tamizdat.asks.calendar import calendar
from tamizdat.asks.models import Ask
from tamizdat.asks.tests.published import count, wording
from tamizdat.newsroom import queries as newsroom


@pytest.fixture
def make(desk):
    def made(key, *, is_published=True, placement="notice", **more):
        ask = Ask(name=key.title(), key=key, placement=placement, wordings=[wording("warm")], live=False, **more)
        ask.save()
        revision = ask.save_revision()
        if is_published:
            revision.publish()
        ask.refresh_from_db()
        return ask

    return made


def listed(client, **asked):
    """The cells of each row, by the ask's name."""
    answer = client.get(reverse("asks:list"), asked)
    table = answer.context["table"]
    rows = [{column.name: column.get_value(ask) for column in table.columns.values()}
            for ask in answer.context["object_list"]]  # fmt: skip
    return {row["name" if "name" in row else "__str__"]: row for row in rows}


def test_an_empty_list_says_what_to_do_next(editor):
    answer = editor.get(reverse("asks:list")).content.decode()
    assert "readers see the ones that come with the paper" in answer
    assert reverse("asks:add") in answer


def test_each_says_what_it_does(editor, make):
    make("spring", is_published=False)
    make("summer")
    actions.archive(ask=make("autumn"), by=User.objects.first(), now=timezone.now())
    make("winter", go_live_at=timezone.now() + timedelta(days=3))
    stopped = make("monsoon")
    stopped.unpublish()
    states = {str(row): cells["state"] for row, cells in listed(editor).items()}
    assert states == {"Spring": "Draft", "Summer": "Live", "Winter": "Scheduled", "Monsoon": "Stopped"}
    actions.be_silent(placement="notice", first=newsroom.today(), last=None, why="mourning", by=User.objects.first())
    assert {str(row): cells["state"] for row, cells in listed(editor).items()}["Summer"] == "Silenced"


def test_the_archive_is_shown_when_it_is_asked_for(editor, make):
    actions.archive(ask=make("autumn"), by=User.objects.first(), now=timezone.now())
    assert not listed(editor)
    assert [cells["state"] for cells in listed(editor, archived_at="true").values()] == ["Archived"]


def test_what_was_put_away_does_not_come_at_its_settled_time(make):
    ask = make("winter", go_live_at=timezone.now() + timedelta(days=3))
    actions.archive(ask=ask, by=User.objects.first(), now=timezone.now())
    later = timezone.now() + timedelta(days=4)
    with mock.patch("django.utils.timezone.now", return_value=later):
        call_command("publish_scheduled")
    ask.refresh_from_db()
    assert (ask.live, ask.approved_schedule) == (False, False)


def test_showings_of_a_week_stand_beside_it(editor, make):
    make("summer")
    count("notice/summer.warm", 1_200, day=datetime.now(UTC).date())
    ((_, cells),) = listed(editor).items()
    assert (cells["showings"], cells["gifts"], cells["earned"]) == ("1,200", "0", "–")


def test_the_list_asks_the_database_no_more_for_many(editor, make):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            listed(editor)
        return len(asked)

    make("first")
    queries()
    few = queries()
    for number in range(12):
        make(f"ask-{number}")
    assert queries() == few


def lanes(**more):
    return {lane.placement: lane for lane in calendar(today=newsroom.today(), **more).lanes}


def test_the_calendar_shows_what_asks_and_what_will(make):
    live = make("summer")
    begin = timezone.now() + timedelta(days=10)
    coming = make("winter", go_live_at=begin, expire_at=begin + timedelta(days=10))
    make("spring", is_published=False)
    first, second = lanes()["notice"].bars
    assert (first.ask, first.last) == (live, None)
    assert (second.ask, (second.last - second.first).days) == (coming, 10)
    assert second.begins == pytest.approx(100 * 40 / 91, abs=0.01)
    assert second.length == pytest.approx(100 * 11 / 91, abs=0.01)
    assert first.begins + first.length == pytest.approx(100, abs=0.01)


def test_a_silence_that_somebody_ended_stays_in_it(make):
    by, today = User.objects.create(username="ed"), newsroom.today()
    silence = actions.be_silent(placement="notice", first=today - timedelta(days=5), last=None, why="fire", by=by)
    assert lanes()["notice"].stopped == silence
    actions.end_silence(silence=silence, by=by, now=timezone.now())
    (bar,) = lanes()["notice"].bars
    assert (bar.silence, bar.first, bar.last) == (silence, today - timedelta(days=5), today)
    assert lanes()["notice"].stopped is None


def test_the_calendar_asks_the_database_no_more_for_many(make):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            calendar(today=newsroom.today())
        return len(asked)

    make("first")
    queries()
    few = queries()
    for number in range(12):
        make(f"ask-{number}").unpublish()
    assert queries() == few


def test_what_ended_long_ago_is_not_in_it(make):
    ask = make("summer")
    long_ago = timezone.now() - timedelta(days=40)
    Ask.objects.filter(pk=ask.pk).update(
        live=False, first_published_at=long_ago - timedelta(days=9), expire_at=long_ago
    )
    assert lanes()["notice"].bars == ()


def test_the_calendar_is_for_whoever_may_see_asks(editor, make):
    make("summer")
    shown = editor.get(reverse("desk:asks_calendar")).content.decode()
    assert "Summer" in shown
    assert "Stop asking here…" in shown
