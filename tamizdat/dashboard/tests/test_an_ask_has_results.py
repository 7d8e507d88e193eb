"""What an ask brought, in an editor's words: counts from pages, gifts and money from the till."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tamizdat.asks import actions as asks
from tamizdat.asks.models import Ask, Source
from tamizdat.asks.queries import sources
from tamizdat.asks.result_queries import outcome, standings
from tamizdat.asks.tests import published
from tamizdat.asks.tests.published import publish, wording
from tamizdat.money import Money
from tamizdat.support.rules.contract import Cadence

NOW = datetime.now(UTC)
TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def make(training):
    return publish


@pytest.fixture
def reader_gave(company, give, deliver, settings):
    """A gift by a source, days ago."""
    settings.GIFT_SOURCES = "tamizdat.asks.queries.sources"

    def gave(source, minor=1500, *, days=1, cadence=Cadence.ONCE):
        assert source in sources()
        _, ref = give(minor, cadence, source=source)
        charge = company.pay(ref, at=NOW - timedelta(days=days), fee=100)
        deliver(ref)
        return ref, charge

    return gave


@pytest.fixture
def reporter(db):
    """Somebody who may see asks, and nothing else."""
    user = User.objects.create_user(username="reporter")
    wanted = [("wagtailadmin", "access_admin"), ("asks", "view_ask")]
    user.user_permissions.add(
        *(Permission.objects.get(content_type__app_label=room, codename=name) for room, name in wanted)
    )
    client = Client()
    client.force_login(user)
    return client


def count(source, seen, click=0, *, day=YESTERDAY):
    published.count(source, seen, click, day=day)


def shown(client, ask):
    return client.get(reverse("desk:ask_results", args=[ask.pk])).content.decode()


def test_a_wording_is_told_with_what_it_brought(make, reader_gave, reporter):
    ask = make("warm", "cold")
    count("appeal/winter.warm", 20_000, 90)
    count("appeal/winter.cold", 10_000, 30)
    for _ in range(3):
        reader_gave("appeal/winter.warm")
    warm, cold = outcome(ask, today=TODAY).rows
    assert (warm.variant, warm.showings, warm.clicks, warm.gifts) == ("warm", 20_000, 90, 3)
    assert (warm.money, warm.per_thousand) == ((Money(4_200, "USD"),), (Money(210, "USD"),))
    assert (round(warm.rate, 2), warm.is_leader, cold.is_leader) == (0.15, True, False)
    assert warm.low < 0.15 < warm.high
    assert (cold.gifts, cold.money, cold.low) == (0, (), 0)
    page = shown(reporter, ask)
    assert "$42 <span>earned with 3 gifts" in page
    assert "Too early to say: there have been 3 of 20 gifts." in page
    assert "20,000" in page
    assert "Counted are showings, not people" in page


@pytest.mark.parametrize(
    ("cold", "is_same_words", "said"),
    [
        (25, False, "Keep going: “warm” leads"),
        (2, False, "Stop, this one: “warm” brings more gifts for its showings than “cold”."),
        (25, True, "No difference may be found between the same words, and none has been."),
        (2, True, "No difference may be found between the same words, and yet “warm” looks better."),
    ],
)
def test_the_verdict_is_a_sentence(make, reader_gave, *, reporter, cold, is_same_words, said):
    ask = make("warm", "cold", is_same_words=is_same_words)
    for name, gifts in (("warm", 30), ("cold", cold)):
        count(f"appeal/winter.{name}", 10_000)
        for _ in range(gifts):
            reader_gave(f"appeal/winter.{name}", 200)
    page = shown(reporter, ask)
    assert said in page
    assert "of “warm”</td>" in page


def test_a_day_that_is_not_over_is_not_judged(make, reader_gave):
    ask = make("warm", "cold")
    count("appeal/winter.warm", 500, day=TODAY)
    reader_gave("appeal/winter.warm", days=0)
    found = outcome(ask, today=TODAY)
    assert (found.until, found.gifts, found.rows[0].showings) == (YESTERDAY, 0, 0)


def test_a_gift_that_goes_on_earns_and_is_counted_once(make, reader_gave, company, deliver):
    ask = make("warm")
    ref, _ = reader_gave("appeal/winter.warm", 500, days=40, cadence=Cadence.MONTHLY)
    company.pay(ref, at=NOW - timedelta(days=10), fee=100)
    deliver(ref)
    found = outcome(ask, today=TODAY)
    assert (found.gifts, found.money) == (1, (Money(800, "USD"),))


def test_what_went_back_was_not_earned(make, reader_gave, company, deliver):
    ask = make("warm")
    ref, charge = reader_gave("appeal/winter.warm", 500)
    company.give_back(ref, charge.id)
    deliver(ref)
    found = outcome(ask, today=TODAY)
    assert (found.gifts, found.money) == (0, (Money(-100, "USD"),))


def test_those_who_are_shown_nothing_stand_in_the_table_without_a_rate(make, reporter):
    ask = make("warm", "cold", hold_out=10)
    count("appeal/winter.none", 4_000)
    held = outcome(ask, today=TODAY).rows[-1]
    assert (held.is_hold_out, held.showings, held.rate, held.beside) == (True, 4_000, None, "")
    assert "cannot be told from other gifts" in shown(reporter, ask)


def test_a_wording_that_is_no_longer_shown_does_not_hold_up_the_verdict(make, reader_gave, reporter):
    ask = make("warm", "cold", "old")
    ask.wordings = [wording("warm"), wording("cold"), wording("old", 0)]
    ask.save()
    count("appeal/winter.old", 10)
    for name, gifts in (("warm", 30), ("cold", 2)):
        count(f"appeal/winter.{name}", 10_000)
        for _ in range(gifts):
            reader_gave(f"appeal/winter.{name}", 200)
    page = shown(reporter, ask)
    assert "Stop, this one: “warm”" in page
    assert "old (no longer shown)" in page


def test_an_ask_that_was_never_shown_says_what_to_do(training, reporter):
    draft = Ask.objects.create(name="Spring", key="spring", placement="notice", live=False)
    assert "Publish the ask, and look again tomorrow" in shown(reporter, draft)


def test_what_leaves_the_newsroom_is_withheld_where_there_are_few(make, reporter):
    ask = make("warm")
    count("appeal/winter.warm", 1_234, 9)
    count("notice/plain", 777)
    answer = reporter.get(reverse("desk:ask_results_export", args=[ask.pk]))
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode().splitlines() == [
        "day,source,event,n",
        f"{YESTERDAY},appeal/winter.warm,click,",
        f"{YESTERDAY},appeal/winter.warm,seen,1230",
        "total,appeal/winter.warm,click,",
        "total,appeal/winter.warm,seen,1230",
    ]


def test_whoever_may_not_see_asks_sees_no_results(make, treasurer):
    ask = make("warm")
    for name in ("ask_results", "ask_results_export"):
        assert treasurer.get(reverse(f"desk:{name}", args=[ask.pk])).status_code == 302


def test_the_list_knows_all_asks_by_two_questions(make, reader_gave, django_assert_num_queries):
    for key in ("winter", "spring"):
        make("warm", "cold", key=key)
        count(f"appeal/{key}.warm", 100)
        count(f"appeal/{key}.cold", 200)
        count(f"appeal/{key}.cold", 400, day=TODAY - timedelta(days=7))
    count("notice/plain", 50, day=TODAY)
    reader_gave("appeal/winter.warm", days=30)
    reader_gave("appeal/winter.cold", days=0)
    with django_assert_num_queries(2):
        found = standings()
    assert {ask: one.showings_7 for ask, one in found.items()} == {
        "appeal/winter": 300,
        "appeal/spring": 300,
        "notice/plain": 50,
    }
    winter = found["appeal/winter"]
    assert (winter.gifts, winter.money_by_currency) == (2, {"USD": Money(2_800, "USD")})
    assert (found["appeal/spring"].gifts, found["appeal/spring"].money_by_currency) == (0, {})


def test_an_ask_that_moved_keeps_what_it_brought(make, training):
    ask = make("warm")
    Ask.objects.filter(pk=ask.pk).update(placement="notice")
    ask.refresh_from_db()
    asks.ask_published(ask=ask)
    count("appeal/winter.warm", 100)
    count("notice/winter.warm", 50)
    assert Source.objects.count() == 2
    assert [row.showings for row in outcome(ask, today=TODAY).rows] == [150]
