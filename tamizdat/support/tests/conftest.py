"""A till with one company at its edge."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from tamizdat.money import Money
from tamizdat.newsroom import actions as newsroom
from tamizdat.newsroom.giving import Prices
from tamizdat.newsroom.rules import Kind
from tamizdat.support import actions
from tamizdat.support.rules.contract import Cadence
from tamizdat.support.tests.company import SIGNED, Company


@pytest.fixture(autouse=True)
def begins_in_the_papers_language():
    """A page that an earlier test asked for leaves its language in force, and addresses are made in it."""
    translation.deactivate()


def no_figure():
    return None


def sources():
    return frozenset({"appeal/plain", "reminder/letter"})


@pytest.fixture
def edge(settings):
    settings.PAYMENT_PROVIDERS = {"practice": "tamizdat.support.tests.company.Company"}
    settings.GIVING_FIGURE = "tamizdat.support.tests.conftest.no_figure"
    settings.GIFT_SOURCES = "tamizdat.support.tests.conftest.sources"
    Company.current = Company()
    return Company.current


@pytest.fixture
def company(edge, training):
    """The company of a training newsroom."""
    return edge


@pytest.fixture
def open_till(committed_db, edge):
    """The company of a training newsroom whose rows are committed: for many hands, and for many rows."""
    newsroom.found(kind=Kind.TRAINING)
    return edge


@pytest.fixture
def euros(settings):
    """Readers may give in euros as well."""
    giving = settings.NEWSROOM.giving
    prices = Prices(
        minimum=Money(300, "EUR"),
        suggested={cadence.value: (Money(400, "EUR"), Money(800, "EUR")) for cadence in Cadence},
    )
    prices = {**giving.prices, "EUR": prices}
    settings.NEWSROOM = replace(settings.NEWSROOM, giving=replace(giving, prices=prices))


@pytest.fixture
def give(edge):
    """Begin a gift; answers its contribution's id and the company's reference."""

    def begin(minor=500, cadence=Cadence.MONTHLY, **more):
        begun = actions.begin(
            **{
                "amount": Money(minor, "USD"),
                "cadence": cadence,
                "provider": "practice",
                "source": "appeal/plain",
                "language": "en",
                **more,
            }
        )
        return begun.contribution, begun.next.ref

    return begin


@pytest.fixture
def deliver(edge):
    """Bring an event in and process it, as the worker would."""

    def bring(ref, **more):
        actions.receive_event(provider="practice", headers=SIGNED, raw=edge.event(ref, **more))
        actions.process_due_events(timezone.now())

    return bring


@pytest.fixture
def running(company, give, deliver):
    """A monthly gift of somebody with an address, paid once: its id and the company's reference."""
    contribution, ref = give(address="a@reader.example")
    company.pay(ref)
    deliver(ref)
    return contribution, ref


@pytest.fixture
def later():
    """So many minutes from now."""
    return lambda minutes: timezone.now() + timedelta(minutes=minutes)
