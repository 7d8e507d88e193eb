"""Fixtures for every room; the newsroom that tests stand in is made by tests/home.py."""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections


@pytest.fixture(autouse=True)
def unstamped():
    """Each test's newsroom is born anew; a process reads the stamp once."""
    from tamizdat.newsroom import queries

    queries.stamped.cache_clear()


@pytest.fixture
def training(db):
    """A newsroom whose money and letters are make-believe."""
    from tamizdat.newsroom import actions
    from tamizdat.newsroom.rules import Kind

    actions.found(kind=Kind.TRAINING)


@pytest.fixture
def live(db):
    """A newsroom whose money is real."""
    from tamizdat.newsroom import actions
    from tamizdat.newsroom.rules import Kind

    actions.found(kind=Kind.LIVE)


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker, tmp_path):
    """A fresh copy of the migrated database in which a test may commit; yields its name.

    Never together with `db`. Threads reach the copy too, and close their own connections.
    """
    with django_db_blocker.unblock():
        template = connections["default"]
        settings, original = template.settings_dict, template.settings_dict["NAME"]
        copy = _copy_to_file(template, tmp_path) if template.vendor == "sqlite" else _copy_in_server(template)
        settings["NAME"] = copy
        connections["default"] = connections.create_connection("default")
        try:
            yield copy
        finally:
            connections["default"].close()
            settings["NAME"] = original
            connections["default"] = template
            if template.vendor == "postgresql":
                _in_server(template, f'DROP DATABASE "{copy}" WITH (FORCE)')


def _copy_to_file(template, folder: Path) -> str:
    template.ensure_connection()
    with closing(sqlite3.connect(folder / "committed.sqlite3")) as copy:
        template.connection.backup(copy)
        # Six connections that all turn the journal at once would find it locked.
        copy.execute("PRAGMA journal_mode=WAL")
    return str(folder / "committed.sqlite3")


def _copy_in_server(template) -> str:
    name, original = f"committed_{secrets.token_hex(4)}", template.settings_dict["NAME"]
    template.close()  # a template with a connection cannot be copied
    _in_server(template, f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    return name


def _in_server(template, sql: str) -> None:
    with template._nodb_cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture(autouse=True)
def post(settings):
    """Letters take the newsroom's own door, as they do when it runs; pytest-django would put another there."""
    settings.EMAIL_BACKEND = "tamizdat.letters.post.NewsroomBackend"


@pytest.fixture(autouse=True)
def one_baker(settings):
    """A test's transaction is seen by nobody else, so it bakes alone; tests/ bakes with all."""
    settings.BAKERS = 1
