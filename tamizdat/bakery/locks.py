"""One baker at a time: a lock that the kernel gives back when its holder dies, and all that it forked."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


class Held(Exception):
    """Another process bakes, or carries a build away."""


@contextmanager
def the_only_baker(*, is_patient: bool = True) -> Iterator[None]:
    """Hold the bakery; wait until no other process does, or raise Held when there is no patience."""
    with open(settings.DATA / "bakery.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Held from None
        yield
