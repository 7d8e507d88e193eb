"""What must be carried so that a mirror says what the paper says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """Files to write and files to take away, by name below the site folder."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]


def difference(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Difference:
    """What turns a mirror that holds `theirs` (file → SHA-256) into one that holds `ours`."""
    return Difference(
        changed=tuple(sorted(name for name, digest in ours.items() if theirs.get(name) != digest)),
        gone=tuple(sorted(theirs.keys() - ours.keys())),
    )
