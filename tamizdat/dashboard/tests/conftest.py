"""A training newsroom with its roles, and a till whose company is in memory."""

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client

from tamizdat.dashboard import actions, roles
from tamizdat.support import queries as support
from tamizdat.support.tests.conftest import company, deliver, edge, give  # noqa: F401


@pytest.fixture(autouse=True)
def forgetful():
    """What doctor found for one test says nothing about the next."""
    cache.clear()


def somebody(role: str) -> Client:
    user = User.objects.create_user(username=role.lower())
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(training):
    actions.make_roles()


@pytest.fixture
def journalist(desk):
    return somebody(roles.JOURNALISTS)


@pytest.fixture
def editor(desk):
    return somebody(roles.EDITORS)


@pytest.fixture
def treasurer(desk):
    return somebody(roles.TREASURERS)


@pytest.fixture
def paid(company, give, deliver):  # noqa: F811
    """A monthly gift of $5 with one payment."""
    contribution, ref = give()
    company.pay(ref)
    deliver(ref)
    return support.gift(contribution)
