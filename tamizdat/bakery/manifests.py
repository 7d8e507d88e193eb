"""The manifest: what a complete build consists of, in parts, the head last."""

import hashlib
import json

from tamizdat.bakery import oven
from tamizdat.bakery.lines import standing
from tamizdat.bakery.models import BakedFile
from tamizdat.bakery.queries import latest_build
from tamizdat.bakery.rules import MANIFEST, manifest, manifest_part, part_path


def is_due() -> bool:
    """Whether files differ from the latest build that was announced; so also after a kill on the way."""
    return BakedFile.objects.filter(build__gt=latest_build()).exists() or not oven.site_file(MANIFEST).is_file()


def write(*, build: int) -> tuple[int, int]:
    """Say what stands: the parts that changed, then the head. How many files were written, and how many have gone."""
    changed = BakedFile.objects.filter(build__gt=latest_build())
    parts = _parts()
    everything = standing().values_list("part", flat=True).distinct().order_by()
    for part in sorted(set(changed.values_list("part", flat=True)) | (set(everything) if not parts else set())):
        _write_part(part, parts)
    oven.write(MANIFEST, manifest(parts, build=build))
    gone = changed.filter(digest=BakedFile.GONE).count()
    return changed.count() - gone, gone


def _parts() -> dict[str, str]:
    """The parts that the head lists; none when it cannot be read, so that all are written."""
    try:
        return dict(json.loads(oven.site_file(MANIFEST).read_bytes())["parts"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _write_part(part: int, parts: dict[str, str]) -> None:
    path = part_path(part)
    files = list(standing().filter(part=part).order_by("path").values("path", "digest", "size", "build"))
    if files:
        content = manifest_part(files)
        parts[path[1:]] = hashlib.sha256(content).hexdigest()
        oven.write(path, content)
    else:
        parts.pop(path[1:], None)
        oven.remove(path)
