"""A mirror that is a directory: on this machine, or mounted from another."""

import json
import os
import shutil
from pathlib import Path

from tamizdat.mirrors.rules import Difference, difference

MANIFEST = "manifest.json"
# Names that a push was about to write or take away: after a kill nobody knows which of them it did.
UNDERWAY = ".underway.json"
VARIANTS = ("", ".br", ".gz")


def carry(*, site: Path, directory: Path) -> Difference:
    """Make `directory` hold the complete build in `site`: the difference only, the manifest last.

    Safe when killed at any moment: the next run carries the rest, and again whatever was under way.
    Raises OSError when the directory is missing, full or not ours to write.
    """
    if not directory.is_dir():
        raise FileNotFoundError(f"{directory} is not there; make it, or mount it, and the next push fills it")
    ours = _digests(site / MANIFEST)
    todo = difference(ours, _digests(directory / MANIFEST) | _digests(directory / UNDERWAY))
    _note_underway(directory, todo)
    for name in todo.changed:
        _copy(site, directory, name)
    for name in todo.gone:
        _remove(directory, name)
    _copy(site, directory, MANIFEST)
    (directory / UNDERWAY).unlink()
    return todo


def _note_underway(directory: Path, todo: Difference) -> None:
    unsure = {name: {"sha256": ""} for name in (*todo.changed, *todo.gone)}
    aside = directory / f"{UNDERWAY}.aside"
    aside.write_text(json.dumps({"files": unsure}), "utf-8")
    os.replace(aside, directory / UNDERWAY)


def _digests(manifest: Path) -> dict[str, str]:
    """What a manifest lists; nothing when there is none or it cannot be read, so that all is carried again."""
    try:
        listed = json.loads(manifest.read_bytes())["files"]
        return {name: file["sha256"] for name, file in listed.items() if _is_inside(name)}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _is_inside(name: str) -> bool:
    return not name.startswith("/") and ".." not in Path(name).parts


def _copy(site: Path, directory: Path, name: str) -> None:
    (directory / name).parent.mkdir(parents=True, exist_ok=True)
    for variant in VARIANTS[1:]:
        (directory / (name + variant)).unlink(missing_ok=True)
    for variant in VARIANTS:
        source, target = site / (name + variant), directory / (name + variant)
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
