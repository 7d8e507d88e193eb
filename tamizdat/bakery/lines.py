"""The lines of the manifest in the database: written when their files are safe."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from tamizdat.bakery.models import BakedFile
from tamizdat.bakery.rules import Baked, part_of


def standing() -> QuerySet[BakedFile]:
    """The files that stand."""
    return BakedFile.objects.exclude(digest=BakedFile.GONE)


def write(baked: Collection[Baked], *, build: int) -> list[str]:
    """Note what a baker has made or found; the paths of what it made."""
    fresh = [one for one in baked if one.is_new]
    BakedFile.objects.bulk_create(
        (
            BakedFile(path=one.path, digest=one.digest, size=one.size, build=build, seen=build, part=part_of(one.path))
            for one in fresh
        ),
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["digest", "size", "build", "seen"],
    )
    kept = [one.path for one in baked if not one.is_new]
    for start in range(0, len(kept), 500):
        BakedFile.objects.filter(path__in=kept[start : start + 500]).update(seen=build)
    return [one.path for one in fresh]


def forget_seen(*, build: int) -> None:
    """What a bake that was killed had met under this number has not been met by the one that begins anew."""
    BakedFile.objects.filter(seen__gte=build).update(seen=build - 1)


def unseen(*, build: int) -> Iterable[str]:
    """Files that stand although a whole bake has not met them."""
    return standing().filter(seen__lt=build).values_list("path", flat=True).iterator()
