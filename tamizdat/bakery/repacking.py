"""Repacking: what was packed in haste becomes as small as it can, while nobody waits.

It takes a process of its own, at a low priority: the worker has corrections to bake.
"""

from collections.abc import Collection
from typing import NamedTuple

from django.db import transaction

from tamizdat.bakery import oven
from tamizdat.bakery.beside import Beside
from tamizdat.bakery.models import BakedFile
from tamizdat.bakery.packing import BEST, packed
from tamizdat.bakery.signals import repacked

AT_ONCE = 10  # files; no baker works while they are put in their places
# Not as kind as can be: for moments it holds what a correction waits for.
_packer = Beside("repack", kindness=10)


class Smaller(NamedTuple):
    """A file as its line of the manifest names it, and variants that are as small as can be."""

    path: str
    digest: str
    content: bytes
    variants: dict[str, bytes]


def start_packer() -> None:
    """Start a packer when there is something for it to do and none is at work."""
    if not _packer.is_running() and BakedFile.objects.filter(can_shrink=True).exists():
        _packer.start()


def pack_some() -> list[Smaller]:
    """Pack a few files that can be smaller, those first that were baked first; none when all are as small as can be.

    It takes its time, and keeps nobody from baking.
    """
    lines = BakedFile.objects.filter(can_shrink=True).order_by("id").values_list("path", "digest")[:AT_ONCE]
    found = [(path, digest, oven.read(path)) for path, digest in lines]
    return [Smaller(path, digest, said or b"", packed(said or b"", BEST)) for path, digest, said in found]


def put(some: Collection[Smaller]) -> None:
    """Put them beside their files, while no file changes; what a baker has changed since is left for another time."""
    still = [one for one in some if oven.holds(one.path, one.content)]
    for one in still:
        oven.repack(one.path, one.variants)
    with transaction.atomic():
        for one in some:
            BakedFile.objects.filter(path=one.path, digest=one.digest).update(can_shrink=False)
    repacked.send_robust(sender=BakedFile, paths=[one.path for one in still])
