"""`tamizdat restore BACKUP --keys KEYS DIR`: the same newsroom again, in a new folder."""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from tamizdat.newsroom import configuration
from tamizdat.server import backup, founding
from tamizdat.server.refusal import Refusal


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="tamizdat restore", description="Make a newsroom again from its backup.")
    parser.add_argument("backup", type=Path, help="a folder that `tamizdat backup` wrote")
    parser.add_argument("--keys", type=Path, required=True, help="the folder of keys of that moment")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder for the newsroom")
    options = parser.parse_args(arguments)
    folder: Path = options.folder.resolve()
    restore(options.backup, options.keys, folder)
    print(f"Restored into {folder}. Next: cd {folder} && tamizdat serve; it bakes every page anew.")  # noqa: T201


def restore(source: Path, keys: Path, folder: Path) -> None:
    """Never over anything: the folder is new, a PostgreSQL database empty. What fails leaves no folder."""
    _require_whole(source, keys)
    founding.require_empty(folder)
    with founding.all_or_nothing(folder):
        founding.make_folders(folder)
        for key in founding.KEYS:
            founding.write_private(folder / "keys" / key, (keys / key).read_text("ascii"))
        founding.write_private(folder / "newsroom.toml", (source / "newsroom.toml").read_text("utf-8"))
        for file in source.glob("*.sqlite3"):
            backup.copy_sqlite(file, folder / "data" / file.name)
        shutil.copytree(source / "media", folder / "data" / "media", dirs_exist_ok=True)
        _check_database(source, folder)
        founding.enter(folder)
        if (source / backup.DUMP).exists():
            _restore_postgresql(source / backup.DUMP)


def _require_whole(source: Path, keys: Path) -> None:
    for name in ("about.json", "newsroom.toml", "media"):
        if not (source / name).exists():
            raise Refusal(f"{source} is no whole backup: {name} is missing.")
    for key in founding.KEYS:
        if not (keys / key).is_file():
            raise Refusal(f"{keys} has no {key}; without the keys of that moment the sealed addresses stay shut.")


def _check_database(source: Path, folder: Path) -> None:
    kind = json.loads((source / "about.json").read_text())["database"]
    is_named = bool(configuration.load(folder / "newsroom.toml", os.environ).database_url)
    if is_named != (kind == "postgresql"):
        remedy = "name an empty one with DATABASE_URL" if kind == "postgresql" else "unset DATABASE_URL"
        raise Refusal(f"This backup is of a newsroom on {kind}; {remedy}.")


def _restore_postgresql(dump: Path) -> None:
    connection = import_module("django.db").connection
    if connection.introspection.table_names():
        raise Refusal("The PostgreSQL database is not empty; make a new one: createdb NAME")
    database: Mapping[str, Any] = connection.settings_dict
    backup.postgresql("pg_restore", database, "--no-owner", "--exit-on-error", "--single-transaction", str(dump))
