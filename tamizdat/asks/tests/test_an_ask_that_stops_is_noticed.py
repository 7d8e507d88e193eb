"""When a live ask is hardly shown any more, its editors learn it once, and nobody else, and for nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from tamizdat.asks import actions, alarms
from tamizdat.asks.alarm_queries import standing_alarms
from tamizdat.asks.models import Alarm, Ask, Silence
from tamizdat.asks.rules import alarms as rules
from tamizdat.asks.tests.published import count, publish
from tamizdat.letters import actions as letters
from tamizdat.letters.models import Address, Letter, StaffLetter
from tamizdat.letters.queries import training_letters

DAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=60)


def days(last, *before):
    """The showings of a week, latest first, and of the day after it."""
    return {DAY: last} | {DAY - timedelta(days=back): n for back, n in enumerate(before, start=1)}


@pytest.mark.parametrize(
    ("shown", "rings"),
    [
        (days(0, *[500] * 7), True),
        (days(50, *[500] * 7), True),
        (days(60, *[500] * 7), False),
        (days(0, *[490] * 7), False),
        (days(400, *[5_000] * 7), True),
        (days(0, 4_000), True),  # live for a day, and it was seen that day
        (days(0, 3_000), False),
        (days(0), False),
        ({}, False),
        ({DAY - timedelta(days=8): 1_000_000}, False),
    ],
)
def test_a_tenth_of_the_week_before_rings_if_there_were_enough(shown, rings):
    assert rules.has_fallen(shown, DAY) == rings


def test_more_than_a_tenth_of_what_was_usual_is_a_recovery():
    later = DAY + timedelta(days=3)
    assert rules.has_recovered({later: 101}, since=DAY, usual=1_000)
    assert not rules.has_recovered({later: 100}, since=DAY, usual=1_000)
    assert not rules.has_recovered({DAY: 900, DAY - timedelta(days=1): 900}, since=DAY, usual=1_000)


def test_a_day_is_judged_when_its_counts_must_have_come():
    assert rules.day_to_judge(datetime(2026, 11, 26, 5, 59, tzinfo=UTC)) == date(2026, 11, 24)
    assert rules.day_to_judge(datetime(2026, 11, 26, 6, 0, tzinfo=UTC)) == DAY


@pytest.fixture
def may_publish(training):
    """What Wagtail grants for whatever can be published at the desk, where this room stands without it."""
    asks = ContentType.objects.get_for_model(Ask)
    return Permission.objects.get_or_create(content_type=asks, codename="publish_ask", defaults={"name": "Publish"})[0]


@pytest.fixture
def fallen(may_publish):
    """An ask that was shown a thousand times a day for a week, and then no more."""
    editor = User.objects.create_user(username="editor", email="editor@gazette.example")
    editor.user_permissions.add(may_publish)
    return shown_until_yesterday(publish("warm", "cold", last_published_at=LONG_AGO))


def shown_until_yesterday(ask):
    for back in range(1, 8):
        count(f"{ask.placement}/{ask.key}.warm", 600, day=DAY - timedelta(days=back))
        count(f"{ask.placement}/{ask.key}.cold", 400, day=DAY - timedelta(days=back))
    return ask


def names(now=NOW):
    return [one.name for one in standing_alarms(now=now)]


def test_an_ask_that_is_no_longer_shown_rings_once(fallen):
    assert [alarms.ring(now=NOW + timedelta(hours=hours)) for hours in (0, 0, 1, 24, 48)] == [1, 0, 0, 0, 0]
    (one,) = standing_alarms(now=NOW)
    assert (one.ask, one.name, one.day, one.shown, one.usual) == (fallen.pk, "Winter", DAY, 0, 1_000)
    assert Letter.objects.count() == 1


def test_the_letter_says_what_fell_and_what_to_do(fallen):
    shown_until_yesterday(publish("warm", "cold", key="spring", last_published_at=LONG_AGO))
    alarms.ring(now=NOW)
    letters.deliver_due(now=timezone.now())
    (letter,) = training_letters()
    assert letter.to == "editor@gazette.example"
    assert "an ask is no longer shown" in letter.subject
    for text in (letter.text, letter.html):
        assert "“Winter” was shown 0 times on November 25, 2026" in text
        assert "“Spring”" in text
        assert "In the week before it was 1,000 times a day." in text
        assert "publish it again" in text
        assert "/desk/" in text


def test_those_are_told_who_may_publish_asks(fallen, may_publish):
    for name, is_active, email in (("left", False, "left@gazette.example"), ("silent", True, "")):
        User.objects.create_user(username=name, email=email, is_active=is_active).user_permissions.add(may_publish)
    User.objects.create_user(username="drafter", email="drafter@gazette.example")
    User.objects.create_superuser(username="founder", email="founder@gazette.example")
    alarms.ring(now=NOW)
    letters.deliver_due(now=timezone.now())
    assert {one.to for one in training_letters()} == {"editor@gazette.example", "founder@gazette.example"}


def test_a_wrong_address_keeps_no_other_from_being_told(fallen, caplog):
    User.objects.create_superuser(username="founder", email="nowhere")
    assert alarms.ring(now=NOW) == 1
    assert Letter.objects.count() == 1
    assert "nowhere" not in caplog.text
    assert "was not told" in caplog.text


def test_an_alarm_and_its_letters_are_written_together_or_not_at_all(fallen, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(letters, "send", fail)
    with pytest.raises(RuntimeError):
        alarms.ring(now=NOW)
    assert (Alarm.objects.count(), StaffLetter.objects.count(), Address.objects.count()) == (0, 0, 0)


def test_an_address_is_forgotten_when_its_letter_has_left(fallen):
    alarms.ring(now=NOW)
    assert (letters.forget_told_staff(), Address.objects.count()) == (0, 1)
    letters.deliver_due(now=timezone.now())
    assert (letters.forget_told_staff(), Address.objects.count(), StaffLetter.objects.count()) == (1, 0, 0)
    assert letters.forget_told_staff() == 0


def test_an_alarm_goes_when_the_ask_is_shown_again_and_rings_when_it_stops_again(fallen):
    alarms.ring(now=NOW)
    count("appeal/winter.warm", 900, day=DAY + timedelta(days=1))
    assert names() == []
    assert alarms.ring(now=NOW + timedelta(days=1)) == 0
    assert alarms.ring(now=NOW + timedelta(days=2)) == 1
    assert Alarm.objects.count() == 2


def test_an_alarm_goes_when_the_ask_is_published_again_and_does_not_ring_again(fallen):
    alarms.ring(now=NOW)
    Ask.objects.update(last_published_at=NOW + timedelta(hours=2))
    assert names() == []
    assert sum(alarms.ring(now=NOW + timedelta(days=days)) for days in range(1, 20)) == 0


def test_an_alarm_goes_when_the_ask_is_taken_out_of_the_paper(fallen):
    alarms.ring(now=NOW)
    assert names() == ["Winter"]
    Ask.objects.update(live=False)
    assert names() == []


@pytest.mark.parametrize(
    "change",
    [
        {"live": False},
        {"archived_at": LONG_AGO},
        {"last_published_at": datetime(2026, 11, 25, 15, tzinfo=UTC)},  # paused, and live again only since then
    ],
)
def test_what_is_paused_put_away_or_newly_published_does_not_ring(fallen, change):
    Ask.objects.update(**change)
    assert alarms.ring(now=NOW) == 0


@pytest.mark.parametrize(
    ("placement", "first", "last", "rings"),
    [
        ("appeal", date(2026, 11, 20), None, 0),
        ("", date(2026, 11, 25), date(2026, 11, 25), 0),
        ("", date(2026, 11, 26), None, 0),  # it is quiet now
        ("notice", date(2026, 11, 20), None, 1),
        ("", date(2026, 11, 10), date(2026, 11, 12), 1),
        ("", date(2026, 12, 24), date(2026, 12, 25), 1),
    ],
)
def test_where_nothing_is_asked_nothing_rings(fallen, *, placement, first, last, rings):
    Silence.objects.create(placement=placement, first=first, last=last, why="Mourning")
    assert alarms.ring(now=NOW) == rings


def test_a_silence_that_ended_during_the_day_explains_it(fallen):
    silence = Silence.objects.create(placement="", first=date(2026, 11, 20), why="Mourning")
    actions.end_silence(silence=silence, by=User.objects.get(), now=datetime(2026, 11, 25, 20, tzinfo=UTC))
    assert alarms.ring(now=NOW) == 0
    Silence.objects.update(ended_at=datetime(2026, 11, 24, 20, tzinfo=UTC))
    assert alarms.ring(now=NOW) == 1


def test_readers_who_are_shown_nothing_do_not_hide_a_fall(fallen):
    Ask.objects.update(hold_out=50)
    fallen.refresh_from_db()
    actions.ask_published(ask=fallen)
    count("appeal/winter.none", 5_000, day=DAY)
    assert alarms.ring(now=NOW) == 1
