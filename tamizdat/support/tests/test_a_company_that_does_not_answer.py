"""A company that fails readers again and again is not offered while there is another, and the newsroom is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from tamizdat.support import outages, queries
from tamizdat.support.models import Outage
from tamizdat.support.rules.contract import Capabilities, GiveUp, TryLater
from tamizdat.support.tests.company import Company

pytestmark = pytest.mark.django_db


class Neighbour(Company):
    """Another way to pay."""

    def capabilities(self) -> Capabilities:
        return replace(super().capabilities(), code="neighbour", label="Coins")


@pytest.fixture
def neighbour(company, settings):
    settings.PAYMENT_PROVIDERS = settings.PAYMENT_PROVIDERS | {"neighbour": f"{__name__}.Neighbour"}
    giving = replace(settings.NEWSROOM.giving, providers=("practice", "neighbour"))
    settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving)
    Neighbour.current = Neighbour()
    return Neighbour.current


@pytest.fixture
def fail(company, give):
    """So many readers get no answer."""

    def readers(times):
        for _ in range(times):
            company.trouble["start"] = [TryLater("down")]
            with pytest.raises(TryLater):
                give()

    return readers


def offered():
    return [method.code for method in queries.offered("USD")]


def test_after_three_failures_readers_are_led_to_the_other(neighbour, fail, client):
    fail(2)
    assert offered() == ["practice", "neighbour"]
    fail(1)
    assert offered() == ["neighbour"]
    page = client.get("/support/").text
    assert "Coins" in page and 'value="practice"' not in page
    assert "practice has not answered readers" in " ".join(queries.self_checks())


def test_a_form_that_was_drawn_before_may_still_be_sent(neighbour, fail, give):
    fail(3)
    give()
    assert offered() == ["practice", "neighbour"] and not Outage.objects.exists()
    assert queries.self_checks() == []


def test_after_five_minutes_a_reader_finds_out_whether_it_is_back(neighbour, fail):
    fail(3)
    Outage.objects.update(last=timezone.now() - outages.AGAIN)
    assert offered() == ["practice", "neighbour"]
    fail(1)
    assert offered() == ["neighbour"]


def test_what_failed_long_ago_is_not_counted(neighbour, fail):
    fail(3)
    Outage.objects.update(last=timezone.now() - outages.OVER - timedelta(minutes=1))
    fail(2)
    assert offered() == ["practice", "neighbour"]


def test_the_only_company_is_offered_all_the_same(company, fail):
    fail(5)
    assert offered() == ["practice"]


def test_a_refusal_is_no_silence(neighbour, company, give):
    for _ in range(4):
        company.trouble["start"] = [GiveUp("no")]
        with pytest.raises(GiveUp):
            give()
    assert not Outage.objects.exists()
