"""A mirror that is a directory: on this machine, or mounted from another."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from tamizdat.mirrors.rules import Difference, difference

MANIFEST = "manifest.json"
# Names that a push was about to write or take away: after a kill nobody knows which of them it did.
UNDERWAY = ".underway.json"
VARIANTS = ("", ".br", ".gz")


class HalfBaked(Exception):
    """A baker died: some files are newer than the manifest. The next bake makes a complete build of them."""


def carry(*, site: Path, directory: Path) -> Difference:
    """Make `directory` hold the complete build in `site`: the difference only, the manifest last.

    Safe when killed at any moment: the next run carries the rest, and again whatever was under way.
    Raises OSError when the directory is missing, full or not ours to write, and HalfBaked when `site` holds no
    complete build; then nothing has been carried.
    """
    if not directory.is_dir():
        raise FileNotFoundError(f"{directory} is not there; make it, or mount it, and the next push fills it")
    ours, theirs, underway = _parts(site), _parts(directory), directory / UNDERWAY
    parts = {part for part in ours.keys() | theirs.keys() if underway.exists() or ours.get(part) != theirs.get(part)}
    files = _files(site, parts)
    todo = difference(files, _files(directory, parts) | _digests(underway))
    _require_whole(site, {name: (files | ours)[name] for name in (*todo.changed, *(parts & ours.keys()))})
    _note_underway(directory, todo)
    for name in todo.changed:
        _copy(site, directory, name)
    for name in todo.gone:
        _remove(directory, name)
    for part in sorted(parts):
        if part in ours:
            _copy(site, directory, part)
        else:
            _remove(directory, part)
    _copy(site, directory, MANIFEST)
    underway.unlink()
    return todo


def _require_whole(site: Path, said: Mapping[str, str]) -> None:
    for name, digest in said.items():
        try:
            is_so = hashlib.sha256((site / name).read_bytes()).hexdigest() == digest
        except FileNotFoundError:
            is_so = False
        if not is_so:
            raise HalfBaked(f"{name} is not what the manifest says")


def _note_underway(directory: Path, todo: Difference) -> None:
    unsure = {name: {"sha256": ""} for name in (*todo.changed, *todo.gone)}
    aside = directory / f"{UNDERWAY}.aside"
    aside.write_text(json.dumps({"files": unsure}), "utf-8")
    os.replace(aside, directory / UNDERWAY)


def _parts(folder: Path) -> dict[str, str]:
    """The parts that a manifest lists, with their digests."""
    return _listed(folder / MANIFEST, "parts", lambda digest: str(digest))


def _files(folder: Path, parts: Iterable[str]) -> dict[str, str]:
    """What these parts of a manifest list; an older manifest lists all by itself."""
    files = _digests(folder / MANIFEST)
    for part in parts:
        files |= _digests(folder / part)
    return files


def _digests(part: Path) -> dict[str, str]:
    return _listed(part, "files", lambda file: str(file["sha256"]))


def _listed(file: Path, key: str, value: Callable[[Any], str]) -> dict[str, str]:
    """Names and digests; nothing when the file is not there or cannot be read, so that all is carried again."""
    try:
        listed = json.loads(file.read_bytes()).get(key, {})
        return {name: value(one) for name, one in listed.items() if _is_inside(name)}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in Path(name).parts


def carry_variants(names: Iterable[str], *, site: Path, directory: Path) -> None:
    """Make the variants of these files what they are in `site`, where `directory` holds the same files."""
    for name in names:
        if (directory / name).is_file() and (directory / name).read_bytes() == (site / name).read_bytes():
            for variant in VARIANTS[1:]:
                _replace(site, directory, name + variant)


def _copy(site: Path, directory: Path, name: str) -> None:
    (directory / name).parent.mkdir(parents=True, exist_ok=True)
    for variant in VARIANTS[1:]:
        (directory / (name + variant)).unlink(missing_ok=True)
    for variant in VARIANTS:
        _replace(site, directory, name + variant)


def _replace(site: Path, directory: Path, name: str) -> None:
    source, target = site / name, directory / name
    if source.is_file():
        aside = target.with_name(f".{target.name}.aside")
        shutil.copyfile(source, aside)
        os.replace(aside, target)


def _remove(directory: Path, name: str) -> None:
    for variant in reversed(VARIANTS):
        (directory / (name + variant)).unlink(missing_ok=True)
    for folder in (directory / name).parents:
        if folder == directory or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()
