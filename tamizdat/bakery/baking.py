"""Baking: what was touched becomes files, and a build says so."""

from collections.abc import Callable, Collection

from django.db import transaction

from tamizdat.bakery import lines, manifests, recipe
from tamizdat.bakery.baker import Baker
from tamizdat.bakery.beside import Beside
from tamizdat.bakery.locks import Held, the_only_baker
from tamizdat.bakery.models import BakedFile, Build, Recipe, Touch, Underway
from tamizdat.bakery.press import Press, bakers
from tamizdat.bakery.queries import latest_build
from tamizdat.bakery.signals import build_finished

_press = Beside("bake", "--touched")


def bake_touched(
    *, told: Callable[[str], None] = lambda path: None, step: Callable[[int, int], None] = lambda done, of: None
) -> int | None:
    """Bake all that was touched; the number of the build, or None when nothing changed.

    One baker works at a time; others wait. Touches go only when files and manifest are safe: run twice or
    killed half way, the next run finishes. `told` hears each path that was written, `step` how far a bake of the
    whole paper is: so many of so many batches. That one forks: not for a process with threads.
    """
    with the_only_baker():
        return _bake(told, step)


def bake_or_leave() -> None:
    """For a worker, which must not wait: whoever is baking now bakes the rest; the whole paper is left to a press.

    The press is a process of its own: this one has threads, and other work to do.
    """
    while Touch.objects.exists():
        if _is_whole_due() and bakers() > 1:
            _press.start()
            return
        try:
            with the_only_baker(is_patient=False):
                _bake(lambda path: None, lambda done, of: None)
        except Held:
            return


def _is_whole_due() -> bool:
    return Touch.objects.filter(path=Touch.EVERYTHING).exists()


def _bake(told: Callable[[str], None], step: Callable[[int, int], None]) -> int | None:
    touches, number = dict(Touch.objects.values_list("id", "path")), latest_build() + 1
    if not touches:
        return None
    if Touch.EVERYTHING in touches.values():
        press = Press(number, told, step)
        press.run()
        return _finish(number, press.touches, is_whole=True)
    baked = list(Baker(is_trusting=False).bake_some(frozenset(touches.values())))
    for path in lines.write(baked, build=number):
        told(path)
    return _finish(number, touches, is_whole=False)


def _finish(number: int, touches: Collection[int], *, is_whole: bool) -> int | None:
    """Say what stands now, then forget what was asked for; a kill before the end leaves both to the next bake."""
    has_changed = manifests.is_due()
    written, removed = manifests.write(build=number) if has_changed else (0, 0)
    with transaction.atomic():
        _forget(touches)
        if is_whole:
            Recipe.objects.update_or_create(id=1, defaults={"digest": recipe.digest()})
            Underway.objects.all().delete()
        if not has_changed:
            return None
        BakedFile.objects.filter(digest=BakedFile.GONE).delete()
        Build.objects.create(id=number, written=written, removed=removed)
        transaction.on_commit(lambda: build_finished.send_robust(sender=Build, build=number))
    return number


def _forget(touches: Collection[int]) -> None:
    ids = sorted(touches)
    for start in range(0, len(ids), 500):
        Touch.objects.filter(id__in=ids[start : start + 500]).delete()
