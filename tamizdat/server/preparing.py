"""Before anything is served: the database of this version, the desk's files, pages that are true."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tamizdat.bakery import actions as bakery

# Any number, as long as nobody else takes it: PostgreSQL's name for our lock.
_ADVISORY_LOCK = 7_461_726


def prepare() -> None:
    """Bring database and files up to this version; one process at a time, and quick when nothing is."""
    with _alone():
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        call_command("collectstatic", verbosity=0, interactive=False)


def touch_pages_if_behind() -> None:
    """Ask for a whole bake when no page is there, as after a restore, or when all say something old."""
    if not bakery.touch_if_stale() and not (settings.SITE / "index.html").exists():
        bakery.touch(paths=None)


@contextmanager
def _alone() -> Iterator[None]:
    with (settings.DATA / "prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Ends with this connection, whatever happens.
                cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
        yield
        connection.close()
