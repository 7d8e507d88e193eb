"""What a company gave us to prove who we are: a small file of texts in keys/."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Collection
from pathlib import Path

from tamizdat.support.rules.contract import NotSetUp


def texts(path: Path, *, known: Collection[str], needed: Collection[str]) -> dict[str, str]:
    """The file's values by name, read anew when it was written. Raises NotSetUp with the remedy.

    The guide of keys/stripe.toml is docs/stripe.md.
    """
    try:
        written = path.stat().st_mtime_ns
    except OSError:
        written = 0
    said, guide = _read(path, written), f"docs/{path.stem}.md"
    for name, value in said.items():
        if name not in known or not isinstance(value, str):
            raise NotSetUp(f"{path}: “{name}” is not one of the texts {', '.join(sorted(known))}")
    for name in needed:
        if not said.get(name):
            raise NotSetUp(f"{path}: “{name}” is missing; {guide} says where to find it")
    return said


@functools.lru_cache(maxsize=8)
def _read(path: Path, _written: int) -> dict[str, str]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise NotSetUp(f"{path} is missing: write it as docs/{path.stem}.md shows") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotSetUp(f"{path} cannot be read: {error}") from None
