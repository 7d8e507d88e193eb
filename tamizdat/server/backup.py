"""A copy of the newsroom while it is being served: database, pictures, configuration; and apart, the keys."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from tamizdat.server.refusal import Refusal
from tamizdat.server.version import version

DUMP = "paper.dump"


def back_up(*, home: Path, into: Path, keys_into: Path | None, database: Mapping[str, Any], now: datetime) -> Path:
    """Write into/<moment>/, whole or not at all, and the keys into keys_into/<moment>/; returns the first."""
    moment = f"{now:%Y%m%dT%H%M%SZ}"
    if keys_into is not None:
        _require_apart(into.resolve(), keys_into.resolve())
    done, partial = into / moment, into / f"{moment}.partial"
    if done.exists():
        raise Refusal(f"{done} exists already; wait a second and try again.")
    partial.mkdir(parents=True, mode=0o700)
    try:
        _copy_database(home / "data", partial, database)
        shutil.copy2(home / "newsroom.toml", partial)
        _copy_tree(home / "data" / "media", partial / "media")
        (partial / "about.json").write_text(json.dumps({"version": version(), "database": _kind(database)}))
        if keys_into is not None:
            _copy_keys(home / "keys", keys_into / moment)
        partial.rename(done)
    except BaseException:
        shutil.rmtree(partial)
        raise
    return done


def _require_apart(into: Path, keys_into: Path) -> None:
    if into == keys_into or into in keys_into.parents or keys_into in into.parents:
        raise Refusal(
            "The keys must not lie with the backup: whoever found the one folder could open every sealed "
            "address. Name another place, best another machine."
        )


def _kind(database: Mapping[str, Any]) -> str:
    return str(database["ENGINE"]).rpartition(".")[2]


def _copy_database(data: Path, folder: Path, database: Mapping[str, Any]) -> None:
    if _kind(database) == "postgresql":
        postgresql("pg_dump", database, "--format=custom", "--no-owner", f"--file={folder / DUMP}")
    # In training the practice company's own file stands beside ours.
    for source in data.glob("*.sqlite3"):
        copy_sqlite(source, folder / source.name)


def copy_sqlite(source: Path, target: Path) -> None:
    """A consistent copy of a database in use; writers are not held up."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise Refusal(f"{source} is damaged; keep your last good backup.")


def postgresql(program: str, database: Mapping[str, Any], *arguments: str) -> None:
    """Run one of PostgreSQL's programs on this database; the password never shows in `ps`."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    where = {name: str(database[key]) for name, key in names.items() if database.get(key)}
    command = [program, f"--dbname={database['NAME']}", *arguments]
    try:
        subprocess.run(command, env=os.environ | where, check=True)  # noqa: S603  programs named by us
    except FileNotFoundError:
        raise Refusal(f"{program} is missing; install it: apt install postgresql-client") from None
    except subprocess.CalledProcessError:
        raise Refusal(f"{program} failed; its own words are above.") from None


def _copy_tree(source: Path, target: Path) -> None:
    """Every file that is still there when its turn comes."""
    target.mkdir()
    for path in source.rglob("*"):
        if path.is_file() and not path.is_symlink():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                shutil.copy2(path, copy)


def _copy_keys(source: Path, target: Path) -> None:
    target.mkdir(parents=True, mode=0o700)
    for key in source.iterdir():
        shutil.copyfile(key, target / key.name)
        (target / key.name).chmod(0o600)
