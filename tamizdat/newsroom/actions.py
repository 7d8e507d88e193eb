"""Founding a newsroom."""

from tamizdat.newsroom.models import Stamp
from tamizdat.newsroom.rules import Kind


class AlreadyFounded(Exception):
    """A newsroom is born training or live once, and never converted."""


def found(*, kind: Kind) -> None:
    """Stamp the newsroom as training or live. The same kind twice is harmless; another is refused."""
    stamp, is_new = Stamp.objects.get_or_create(id=1, defaults={"kind": kind.value})
    if not is_new and stamp.kind != kind:
        raise AlreadyFounded(f"This newsroom was born {stamp.kind}; make another with `tamizdat new`.")
