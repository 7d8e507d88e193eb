"""Files on the disk: written aside and renamed, so that a reader gets an old page or a new one, never half."""

import gzip
import os
import time
from pathlib import Path

import brotli
from django.conf import settings

from tamizdat.bakery.rules import file_name

PACKED_ALREADY = (".webp", ".jpg", ".jpeg", ".png", ".gif")
VARIANTS = (".br", ".gz")


def site_file(path: str) -> Path:
    """The file of a site path. Raises ValueError for one that would leave the site folder."""
    file = settings.SITE / file_name(path)
    if ".." in file.parts or not path.startswith("/"):
        raise ValueError(f"{path!r} is no path of the paper")
    return file


def write(path: str, content: bytes) -> None:
    """Put a file in its place, with its compressed variants.

    The old variants go first and the new ones come last: in between, and after a kill, readers get the plain
    file, never a variant that says something else.
    """
    file = site_file(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    moment = _moment(file)
    packed = {} if path.endswith(PACKED_ALREADY) else _packed(content)
    for variant in VARIANTS:
        _beside(file, variant).unlink(missing_ok=True)
    _replace(file, content, moment)
    for variant, smaller in packed.items():
        _replace(_beside(file, variant), smaller, moment)


def remove(path: str) -> None:
    """Take a file and its variants away, and the folders that this empties."""
    file = site_file(path)
    for gone in (*(_beside(file, variant) for variant in VARIANTS), file):
        gone.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == settings.SITE or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def is_there(path: str) -> bool:
    file = site_file(path)
    wanted = [file] if path.endswith(PACKED_ALREADY) else [file, *(_beside(file, v) for v in VARIANTS)]
    return all(one.is_file() for one in wanted)


def _packed(content: bytes) -> dict[str, bytes]:
    return {
        ".br": brotli.compress(content, quality=9, lgwin=16),
        ".gz": gzip.compress(content, compresslevel=9, mtime=0),
    }


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def _moment(file: Path) -> int:
    """The second in which this file and its variants change: servers tell by it (and by the size) what is new.

    It is later than the last one, so that no copy that a reader has passes for the new one.
    """
    return max(int(time.time()), int(file.stat().st_mtime) + 1 if file.is_file() else 0)


def _replace(file: Path, content: bytes, moment: int) -> None:
    aside = file.with_name(f".{file.name}.aside")
    aside.write_bytes(content)
    os.utime(aside, (moment, moment))
    os.replace(aside, file)
