"""Nothing is asked at a place, or on a day, until somebody says otherwise; who and why is kept."""

import pytest
from django.urls import reverse

from tamizdat.asks.board import Board
from tamizdat.asks.models import Silence
from tamizdat.dashboard.roles import FUNDRAISERS
from tamizdat.dashboard.tests.conftest import somebody
from tamizdat.newsroom import queries as newsroom


def stop(client, **said):
    form = {"placement": "", "first": str(newsroom.today()), "why": "fire", **said}
    return client.post(reverse("desk:be_silent"), form)


def test_a_place_is_stopped_and_asks_again(editor):
    assert stop(editor, placement="notice").status_code == 302
    assert Board.read().manners.stopped == {"notice"}
    silence = Silence.objects.get()
    assert (silence.by.username, silence.why, silence.last) == ("editors", "fire", None)
    assert "Ask again" in editor.get(reverse("desk:asks_calendar")).content.decode()
    editor.post(reverse("desk:end_silence", args=[silence.pk]))
    silence.refresh_from_db()
    assert silence.ended_by.username == "editors"
    assert Board.read().manners.stopped == frozenset()


def test_a_day_of_mourning_is_dark_everywhere(editor):
    today = str(newsroom.today())
    stop(editor, first=today, last=today)
    assert Board.read().manners.dark == ((newsroom.today(), newsroom.today()),)


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ({"why": ""}, "Say why, in a few words."),
        ({"first": "tomorrow"}, "Write the day like 2026-11-23."),
        ({"first": "2026-11-20", "last": "2026-11-19"}, "This is before the first day."),
        ({"placement": "popup"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(editor, said, remedy):
    assert remedy in stop(editor, **said).content.decode()
    assert not Silence.objects.exists()


def test_a_fundraiser_looks_and_stops_nothing(desk, editor):
    stop(editor, placement="notice")
    fundraiser = somebody(FUNDRAISERS)
    shown = fundraiser.get(reverse("desk:asks_calendar")).content.decode()
    assert "Nothing is asked: fire" in shown
    assert "Ask again" not in shown
    assert stop(fundraiser, placement="appeal")["Location"] == "/desk/"
    fundraiser.post(reverse("desk:end_silence", args=[Silence.objects.get().pk]))
    assert Silence.objects.get().ended_at is None
