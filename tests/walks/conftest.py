"""A served newsroom on each database, and a browser."""

import os

import pytest

from tests import browser
from tests.newsrooms import DATABASES, founded, has_postgresql

COSTS = """
from datetime import date
from tamizdat.ledger import actions
from tamizdat.money import Money
from tamizdat.months import Month
actions.add_cost(names={"en": "Everything"}, amount=Money(1_000_000, "USD"), first=Month(2024, 1), by="walk")
"""


@pytest.fixture(scope="session", params=DATABASES)
def newsroom(request, tmp_path_factory):
    """A training newsroom with a cost, served whole: web, worker and the practice company."""
    if request.param == "postgresql" and not has_postgresql():
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not on 127.0.0.1:5432")
        pytest.skip("no PostgreSQL on 127.0.0.1:5432")
    with founded(tmp_path_factory.mktemp("walk"), request.param) as made:
        made.shell(COSTS)
        with made.serving():
            yield made


@pytest.fixture(params=["script", "no script"])
def page(chromium, request):
    """A reader's page at 360 px, with script and without."""
    context = browser.reader(chromium, java_script_enabled=request.param == "script")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
