"""Asking for the paper to be baked."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress

from django.db import transaction

from tamizdat.bakery import baking, locks, recipe, repacking, tasks
from tamizdat.bakery.models import Recipe, Touch
from tamizdat.bakery.repacking import start_packer

__all__ = ["bake_left", "bake_touched", "repack", "start_packer", "the_only_baker", "touch", "touch_if_stale"]


def touch(*, paths: Collection[str] | None) -> None:
    """Ask for these site paths to be baked, or for the whole paper (None), in the caller's transaction."""
    with transaction.atomic():
        Touch.objects.bulk_create(Touch(path=path) for path in (Touch.EVERYTHING,) if paths is None)
        Touch.objects.bulk_create(Touch(path=path) for path in sorted(paths or ()))
        tasks.bake_touched.enqueue()


def touch_if_stale() -> bool:
    """Touch the whole paper when templates, settings or version changed since it was last baked whole."""
    is_stale = not Recipe.objects.filter(digest=recipe.digest()).exists()
    if is_stale:
        touch(paths=None)
    return is_stale


def bake_touched(
    *, told: Callable[[str], None] = lambda path: None, step: Callable[[int, int], None] = lambda done, of: None
) -> int | None:
    """Bake all that was touched now; see `baking.bake_touched`. Not for a process with threads."""
    build = baking.bake_touched(told=told, step=step)
    _wake_for_the_rest()
    return build


def bake_left() -> None:
    """Bake what a killed baker left, without waiting for anybody; for the clock."""
    baking.bake_or_leave()


def repack(*, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Pack all files as well as can be, a few at a time, until none is left; nothing when another process does it."""
    with suppress(locks.Held), locks.the_only_packer():
        while goes_on() and (some := repacking.pack_some()):
            with the_only_baker():
                repacking.put(some)


@contextmanager
def the_only_baker() -> Iterator[None]:
    """No build changes meanwhile. What was touched in this time is baked right after."""
    with locks.the_only_baker():
        yield
    _wake_for_the_rest()


def _wake_for_the_rest() -> None:
    if Touch.objects.exists():
        tasks.bake_touched.enqueue()
