"""An ask is tried as any reader: the draft among what is live, nothing counted, nothing kept."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tamizdat.articles.tests.conftest import Paper
from tamizdat.asks.models import Ask, Silence, Source, Tally
from tamizdat.asks.tests.published import wording
from tamizdat.dashboard.roles import FUNDRAISERS
from tamizdat.dashboard.tests.conftest import somebody
from tamizdat.newsroom import queries as newsroom

STORM = "/news/storm/"


@pytest.fixture
def ask(desk):
    Paper().write("Storm")
    drafted = Ask(name="Winter", key="winter", placement="notice", wordings=[wording("warm", 3), wording("cold")])
    drafted.live = False
    drafted.save()
    drafted.save_revision()
    return drafted


@pytest.fixture
def look(ask, company):
    """The screen of a trial, as an editor, with a reader."""
    client = somebody("Editors")

    def looked(**reader):
        return client.get(reverse("desk:ask_try", args=[ask.pk]), {"page": STORM, **reader})

    return looked


def device(answer):
    """The reader that the page in the frame is given."""
    made = json.loads(re.search(r"const reader = (.*?);\n", answer.context["html"])[1])
    return made | {"kept": json.loads(made["kept"]) if made["kept"] else None}


def day(ago: int) -> str:
    return (newsroom.today() - timedelta(days=ago)).isoformat()


def test_the_latest_draft_stands_on_the_page_and_nothing_is_published(look, ask):
    ask.wordings = [wording("brave")]
    ask.save_revision()
    html = look().context["html"]
    assert 'data-ask="notice/winter.brave"' in html
    assert 'data-ask="notice/plain"' in html
    assert (Source.objects.count(), Tally.objects.count(), Ask.objects.filter(live=True).count()) == (0, 0, 0)


def test_a_first_visit_remembers_nothing(look):
    assert device(look()) == {"kept": None, "zone": "Etc/UTC", "gpc": False, "hour": 12}


def test_a_reader_in_kazakhstan_who_closed_it(look):
    made = device(look(country="KZ", read=12, closed=3, weeks=2, gpc="on", hour=23))
    assert (made["zone"], made["gpc"], made["hour"]) == ("Asia/Almaty", True, 23)
    assert made["kept"] == {
        "version": 2, "first": day(14), "reads": {day(1): {"all": 12}}, "quiet": {"notice": day(3 - 14)},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("gave", "days", "quiet"), [("once", 30, -60), ("once", 100, 10), ("lapsed", 91, 1), ("recurring", None, None)]
)
def test_a_reader_who_gave(look, gave, days, quiet):
    kept = device(look(gave=gave, **({"gave_days": days} if days is not None else {})))["kept"]
    assert kept == {"version": 2, "gave": gave, "quiet": {"gave": "9999-12-31" if quiet is None else day(quiet)}}


def test_a_wording_is_drawn_as_its_share_has_it(look):
    assert device(look(wording="warm"))["kept"]["dice"] == {"winter": 0.375}
    assert device(look(wording="cold"))["kept"]["dice"] == {"winter": 0.875}


def test_what_the_page_refuses_is_said(look):
    Silence.objects.create(placement="notice", first=newsroom.today(), why="fire")
    answer = look().content.decode()
    assert "somebody has stopped asking there (stopped)" in answer


def test_hints_of_a_friend_stand_beside_it(look, ask):
    name, said = wording("long")
    said["texts"][0]["text"] = "word " * 60
    ask.wordings = [(name, said)]
    ask.save_revision()
    assert "60 words; readers stop after about 45 here." in look().content.decode()


def test_hints_come_while_it_is_written(desk):
    client = somebody(FUNDRAISERS)
    said = {"placement": "notice", "language": "en", "text": "<b>" + "institutional " * 31}
    answer = client.post(reverse("desk:ask_hints"), said).json()["hints"]
    assert answer == [
        "A sentence of 31 words; two short ones are understood by more people.",
        "Hard to read (LIX 131; newspapers have 40 to 50): take shorter words.",
    ]
    assert client.post(reverse("desk:ask_hints"), {}).json() == {"hints": []}
    assert client.post(reverse("desk:ask_hints"), {**said, "text": "! " * 40}).json() == {"hints": []}
    assert somebody("Journalists").post(reverse("desk:ask_hints"), said)["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("field", "said", "remedy"),
    [
        ("page", "/no/such/", "Select a valid choice"),
        ("read", "many", "Enter a whole number"),
        ("hour", "24", "less than or equal to 23"),
        ("country", "XX", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(look, field, said, remedy):
    answer = look(**{field: said})
    assert remedy in answer.context["form"].errors[field][0]
    assert remedy in answer.content.decode()
    assert "html" not in answer.context


def test_a_fundraiser_tries_too_and_a_journalist_does_not(ask, look):
    address = reverse("desk:ask_try", args=[ask.pk])
    assert somebody(FUNDRAISERS).get(address).status_code == 200
    assert somebody("Journalists").get(address)["Location"] == "/desk/"


def test_without_a_page_it_says_how_to_begin(ask):
    answer = somebody(FUNDRAISERS).get(reverse("desk:ask_try", args=[ask.pk])).content.decode()
    assert "Choose a page and a reader" in answer
    assert "In Kazakhstan, 12 articles" in answer
