"""Pushing builds to the mirrors."""

from collections.abc import Collection

from tamizdat.mirrors import carrying, tasks


def ask_for_push() -> None:
    """Have the worker bring every mirror to the latest build."""
    tasks.push_due.enqueue()


def push_due() -> list[str]:
    """Bring every mirror that is behind to the latest build now; the problems, a sentence each."""
    return carrying.push_due()


def carry_variants(paths: Collection[str]) -> None:
    """Bring smaller variants of files to the mirrors that hold these files. No build changes meanwhile."""
    carrying.carry_variants(paths)
