"""A served newsroom on each database, and a browser."""

import os

import pytest

from tests import browser
from tests.newsrooms import DATABASES, founded, has_postgresql
from tests.walks import desk
from tests.walks.staffed import PASSWORD, staffed

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


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A newsroom in two languages with an editor, a journalist and some articles, served whole."""
    with staffed(tmp_path_factory.mktemp("office")) as made:
        yield made


def signed_in(chromium, office, login):
    context = browser.reader(chromium, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    desk.log_in(page, office, login=login, password=PASSWORD)
    # Wagtail asks before it leaves a form with changes, as the tests leave one behind for the next.
    page.on("dialog", lambda dialog: dialog.accept())
    return page


@pytest.fixture(scope="session")
def editor(chromium, office):
    """An editor's browser at the desk of `office`, signed in."""
    page = signed_in(chromium, office, "ed")
    yield page
    page.context.close()


@pytest.fixture(scope="session")
def fundraiser(chromium, office):
    page = signed_in(chromium, office, "fu")
    yield page
    page.context.close()


@pytest.fixture(scope="session")
def journalist(chromium, office):
    page = signed_in(chromium, office, "jo")
    yield page
    page.context.close()
