"""Django writes the path of whatever it refuses; a path may be a key."""

import io
import logging

import pytest
from django.conf import settings
from django.test import Client

from tamizdat.support.discretion import Discretion


@pytest.fixture
def console():
    """What the console would show."""
    shown = io.StringIO()
    handler = logging.StreamHandler(shown)
    handler.addFilter(Discretion())
    logging.getLogger().addHandler(handler)
    yield shown
    logging.getLogger().removeHandler(handler)


@pytest.mark.usefixtures("company")
def test_a_click_without_our_page_is_logged_without_the_key(console):
    Client(enforce_csrf_checks=True).post("/support/my/SECRETSECRETSECRETSECRE/")
    assert "/support/my/…/" in console.getvalue()
    assert "SECRET" not in console.getvalue()


def test_other_lines_stay_as_they_are(console):
    logging.getLogger("tamizdat.support").warning("baked %s", "/2026/11/a-story/")
    assert console.getvalue() == "baked /2026/11/a-story/\n"


def test_every_handler_of_the_newsroom_is_discreet():
    for handler in settings.LOGGING["handlers"].values():
        assert "discretion" in handler["filters"]
