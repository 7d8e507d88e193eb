"""One baker and one packer at a time: the kernel gives a lock back when its holder dies, and all that it forked."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


class Held(Exception):
    """Another process bakes, carries a build away, or packs."""


@contextmanager
def the_only_baker(*, is_patient: bool = True) -> Iterator[None]:
    """Hold the bakery; wait until no other process does, or raise Held when there is no patience."""
    with _held("bakery.lock", is_patient=is_patient):
        yield


@contextmanager
def the_only_packer() -> Iterator[None]:
    """Raises Held when another process packs already: two would pack the same."""
    with _held("packer.lock", is_patient=False):
        yield


@contextmanager
def _held(name: str, *, is_patient: bool) -> Iterator[None]:
    with open(settings.DATA / name, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if is_patient else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Held from None
        yield
