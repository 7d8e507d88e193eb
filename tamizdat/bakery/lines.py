"""The lines of the manifest in the database: written when their files are safe."""

from collections.abc import Collection, Iterable

from django.db import connection, transaction
from django.db.models import QuerySet

from tamizdat.bakery import oven
from tamizdat.bakery.models import BakedFile
from tamizdat.bakery.rules import Baked, part_of

# As `bulk_create` would say it, at a tenth of its price: a whole bake writes one for every file.
_FRESH = """
INSERT INTO bakery_bakedfile (path, digest, size, build, seen, part, can_shrink) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (path) DO UPDATE SET digest = excluded.digest, size = excluded.size, build = excluded.build,
    seen = excluded.seen, can_shrink = excluded.can_shrink
"""


def standing() -> QuerySet[BakedFile]:
    """The files that stand."""
    return BakedFile.objects.exclude(digest=BakedFile.GONE)


def write(baked: Collection[Baked], *, build: int) -> list[str]:
    """Note what a baker has made or found; the paths of what it made."""
    fresh = [one for one in baked if one.is_new]
    if fresh:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_FRESH, [_row(one, build) for one in fresh])
    kept = [one.path for one in baked if not one.is_new]
    for start in range(0, len(kept), 500):
        BakedFile.objects.filter(path__in=kept[start : start + 500]).update(seen=build)
    return [one.path for one in fresh]


def _row(one: Baked, build: int) -> tuple[object, ...]:
    can_shrink = one.digest != BakedFile.GONE and oven.has_variants(one.path)
    return one.path, one.digest, one.size, build, build, part_of(one.path), can_shrink


def forget_seen(*, build: int) -> None:
    """What a bake that was killed had met under this number has not been met by the one that begins anew."""
    BakedFile.objects.filter(seen__gte=build).update(seen=build - 1)


def unseen(*, build: int) -> Iterable[str]:
    """Files that stand although a whole bake has not met them."""
    return standing().filter(seen__lt=build).values_list("path", flat=True).iterator()
