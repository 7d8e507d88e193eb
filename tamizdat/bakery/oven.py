"""Files on the disk: written aside and renamed, so that a reader gets an old page or a new one, never half."""

import os
import time
from collections.abc import Container, Mapping
from pathlib import Path

from django.conf import settings

from tamizdat.bakery.packing import GOOD, Level, packed
from tamizdat.bakery.rules import MANIFEST, file_name

PACKED_ALREADY = (".webp", ".jpg", ".jpeg", ".png", ".gif")
# Nobody reads these over a slow line; mirrors are given them as they are.
UNPACKED = (MANIFEST, "/manifests/")
VARIANTS = (".br", ".gz")
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC


def site_file(path: str) -> Path:
    """The file of a site path. Raises ValueError for one that would leave the site folder."""
    return Path(_place(path))


def write(path: str, content: bytes, level: Level = GOOD) -> None:
    """Put a file in its place, with its compressed variants.

    The old variants go first and the new ones come last: in between, and after a kill, readers get the plain
    file, never a variant that says something else.
    """
    place = _place(path)
    variants = packed(content, level) if has_variants(path) else {}
    last = _last_change(place)
    # Later than the last one, so that no copy that a reader has passes for the new one.
    moment = max(int(time.time()), last + 1)
    for variant in VARIANTS if last else ():
        _unlink(place + variant)
    _replace(place, content, moment)
    for variant, smaller in variants.items():
        _replace(place + variant, smaller, moment)


def read(path: str) -> bytes | None:
    """What stands at a site path."""
    try:
        return Path(_place(path)).read_bytes()
    except OSError:
        return None


def repack(path: str, variants: Mapping[str, bytes]) -> None:
    """Put smaller variants of the same file beside it.

    They bear its time, as those before them: servers tell by it and by the size whether a reader has another. So one
    that is no smaller stays as it was.
    """
    place = _place(path)
    moment = _last_change(place)
    for variant, smaller in variants.items():
        if len(smaller) < os.stat(place + variant).st_size:
            _replace(place + variant, smaller, moment)


def remove(path: str) -> bool:
    """Take a file and its variants away, and the folders that this empties. Whether anything was there."""
    place = _place(path)
    was_there = any([_unlink(place + variant) for variant in (*VARIANTS, "")])
    for folder in Path(place).parents:
        if folder == settings.SITE or (folder.is_dir() and any(folder.iterdir())):
            break
        if folder.is_dir():
            folder.rmdir()
    return was_there


def clear(*, keep: Container[str]) -> None:
    """Take away what a killed baker left: files that nobody knows by these names below the site folder."""
    for folder, _, files in os.walk(settings.SITE):
        for file in files:
            name = os.path.relpath(os.path.join(folder, file), settings.SITE)
            plain = name[:-3] if name.endswith(VARIANTS) else name
            if name not in keep and plain not in keep and not f"/{name}".startswith(UNPACKED):
                os.unlink(os.path.join(folder, file))


def is_there(path: str) -> bool:
    """Whether the file stands with all that belongs beside it."""
    place = _place(path)
    return all(os.path.isfile(place + variant) for variant in (("", *VARIANTS) if has_variants(path) else ("",)))


def holds(path: str, content: bytes) -> bool:
    """Whether the file stands, whole, and says this and nothing else."""
    return read(path) == content and is_there(path)


def has_variants(path: str) -> bool:
    return not path.endswith(PACKED_ALREADY) and not path.startswith(UNPACKED)


def _place(path: str) -> str:
    name = file_name(path)
    if not path.startswith("/") or ".." in name.split("/"):
        raise ValueError(f"{path!r} is no path of the paper")
    return f"{settings.SITE}/{name}"


def _unlink(place: str) -> bool:
    try:
        os.unlink(place)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def _last_change(place: str) -> int:
    """The second in which this file and its variants changed: servers tell by it (and by the size) what is new.

    0 where nothing stands; then no variant stands either, for a file comes before them and goes after them.
    """
    try:
        return int(os.stat(place).st_mtime)
    except OSError:
        return 0


def _replace(place: str, content: bytes, moment: int) -> None:
    folder, _, name = place.rpartition("/")
    aside = f"{folder}/.{name}.aside"
    try:
        file = os.open(aside, _FRESH, 0o644)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
        file = os.open(aside, _FRESH, 0o644)
    try:
        written = os.write(file, content)
        while written < len(content):
            written += os.write(file, content[written:])
        os.utime(file, (moment, moment))
    finally:
        os.close(file)
    os.replace(aside, place)
