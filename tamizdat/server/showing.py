"""`tamizdat demo DIR`: the demo newspaper, made and filled once, then served like any other."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from functools import partial
from importlib import import_module, resources
from pathlib import Path

from tamizdat.newsroom import configuration
from tamizdat.newsroom.rules import Kind
from tamizdat.server import founding, orphans, supervisor

ME = [sys.executable, "-m", "tamizdat"]
LOGINS = "data/demo-logins.txt"
# Stands from the founding until every gift is in the books; says since when the company must have existed.
UNFINISHED = "data/demo-unfinished.txt"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="tamizdat demo", description="Make, fill and serve a demo newspaper.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("paper-demo"), metavar="DIR")
    parser.add_argument("--make-only", action="store_true", help="make and fill it, but do not serve it")
    options = parser.parse_args(arguments)
    folder: Path = options.folder.resolve()
    if options.make_only:
        make(folder)
    else:
        show(folder)


def show(folder: Path) -> None:
    """Serve the demo in place of this process, which is small; children make and fill it the first time."""
    if (folder / UNFINISHED).exists():
        with supervisor.only_once(folder):  # another terminal may be serving it while its gifts come in
            print("The demo was not finished last time; it is made anew.", flush=True)  # noqa: T201  progress
            # At once, so that a kill leaves all of it or nothing; what is aside is cleared when the new one is made.
            shutil.rmtree(_aside(folder), ignore_errors=True)
            folder.rename(_aside(folder))
    is_new = not (folder / LOGINS).exists()
    if is_new:
        _require_free_ports()
        print(f"Making a demo newspaper in {folder}: about a minute.", flush=True)  # noqa: T201  progress
        done = subprocess.run([*ME, "demo", str(folder), "--make-only"])  # noqa: S603  our own command
        if done.returncode:
            sys.exit(done.returncode)
    os.environ["TAMIZDAT_HOME"] = str(folder)
    print((folder / LOGINS).read_text("utf-8").strip(), flush=True)  # noqa: T201  the command's answer
    if is_new:
        os.environ["PRACTICE_BORN"] = (folder / UNFINISHED).read_text().strip()
        _let_supporters_give()
    os.execv(sys.executable, [*ME, "serve"])  # noqa: S606  our own command


def make(folder: Path) -> None:
    """A training newsroom with the demo's configuration and content; what fails leaves nothing behind.

    It grows beside its place and is moved there whole, so that a try that was killed is cleared away by the
    next, and a folder that holds anything else is never touched.
    """
    founding.require_empty(folder)
    birth = founding.Birth(folder=_aside(folder), kind=Kind.TRAINING, toml=_toml())
    shutil.rmtree(birth.folder, ignore_errors=True)
    admin = founding.Administrator(login="admin", email="", password=secrets.token_urlsafe(18))
    with founding.all_or_nothing(birth.folder):
        founding.found(birth, admin)
        import_module("django.core.management").call_command("fill_demo")
        birth.folder.rename(folder)


def _aside(folder: Path) -> Path:
    """Where a demo grows before it is whole, and goes before it is made anew."""
    return folder.with_name(f"{folder.name}.unfinished")


def _toml() -> str:
    return resources.files("tamizdat.demo").joinpath("newsroom.toml").read_text("utf-8")


def _require_free_ports() -> None:
    """Better now than after a minute's work."""
    here = configuration.parse(tomllib.loads(_toml()), os.environ).server
    for port in (here.port, here.port + 1):
        supervisor.require_free_port(here.host, port)


def _let_supporters_give() -> None:
    """Beside the served paper: gifts enter as signed events only, and it must be there to receive them."""
    subprocess.Popen(  # noqa: S603  our own command
        [*ME, "fill_demo", "--gifts"], preexec_fn=partial(orphans.die_with, os.getpid())
    )
