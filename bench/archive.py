"""A generated archive: a newsroom with as many articles as are asked for, the same for the same seed.

`bench.inside.archive` says what is in it.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.newsrooms import Newsroom, founded

LANGUAGES = ["en", "ru", "ar", "zh"]
SEED = 3
FORGOTTEN = ("bakedfile", "build", "underway", "recipe", "touch")


@contextmanager
def made(folder: Path, articles: int) -> Iterator[Newsroom]:
    """A newsroom with so many articles, not yet baked."""
    with founded(folder) as newsroom:
        toml = newsroom.home / "newsroom.toml"
        said = toml.read_text("utf-8").replace('languages = ["en"]', f"languages = {LANGUAGES}".replace("'", '"'))
        toml.write_text(said, "utf-8")
        inside(newsroom, f"from bench.inside import archive; archive.make({articles})")
        yield newsroom


def inside(newsroom: Newsroom, code: str) -> None:
    """Run a line of Python inside the newsroom, for as long as it takes."""
    command = [sys.executable, "-m", "tamizdat", "shell", "--no-imports", "--command", code]
    subprocess.run(command, check=True, env=newsroom.environment, stdout=sys.stderr)


def unbake(newsroom: Newsroom) -> None:
    """Forget that anything was ever baked: the next bake makes every file."""
    site = newsroom.home / "data" / "site"
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir()
    with closing(sqlite3.connect(newsroom.home / "data" / "paper.sqlite3")) as file, file:
        for table in FORGOTTEN:
            file.execute(f"DELETE FROM bakery_{table}")
