"""One baker at a time: a lock that the kernel gives back when its holder dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def the_only_baker() -> Iterator[None]:
    """Wait until no other process bakes or carries a build away, then hold the bakery."""
    with open(settings.DATA / "bakery.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
