"""The command `tamizdat`: nine verbs of the newsroom, and every management command by its name."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from tamizdat.newsroom.rules import ConfigurationError
from tamizdat.server.refusal import Refusal
from tamizdat.server.version import version

VERBS = {
    "demo": "make a demo newspaper in a folder, fill it and serve it",
    "new": "make a newsroom in a new folder: `tamizdat new DIR --training` or `--live`",
    "serve": "serve the paper, its desk and its work until Ctrl-C",
    "work": "run a worker of its own, beside `tamizdat serve --no-work`",
    "bake": "bake the whole paper now, or only the paths named",
    "doctor": "ask the books, the letters and the queue whether all is well",
    "backup": "copy database, pictures and configuration, and apart from them the keys",
    "restore": "make a newsroom again from a backup and its keys",
    "version": "say which version this is",
}
# Verbs that stand before Django: they make a folder first, or must stay small. `web` is a child of `serve`.
DOORS = {
    "demo": "tamizdat.server.showing",
    "new": "tamizdat.server.founding",
    "restore": "tamizdat.server.restoring",
    "serve": "tamizdat.server.supervisor",
    "web": "tamizdat.server.web",
}


def main() -> None:
    """Run one command. What is wrong with the newsroom is one sentence and exit code 2, never a traceback."""
    os.environ["TAMIZDAT_HOME"] = str(Path(os.environ.get("TAMIZDAT_HOME") or Path.cwd()).resolve())
    try:
        _run(sys.argv[1:])
    except (ConfigurationError, Refusal) as error:
        print(f"tamizdat: {error}", file=sys.stderr)  # noqa: T201  the sentence
        sys.exit(2)


def _run(arguments: Sequence[str]) -> None:
    verb, *rest = arguments or ["help"]
    if verb in ("-h", "--help") or (verb == "help" and not rest):
        print(_help())  # noqa: T201  asked for
    elif verb in ("version", "--version"):
        print(version())  # noqa: T201  asked for
    elif verb in DOORS:
        door: Callable[[Sequence[str]], None] = import_module(DOORS[verb]).main
        door(rest)
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tamizdat.settings")
        _set_up()
        import_module("django.core.management").execute_from_command_line(["tamizdat", *arguments])
        gc.freeze()  # at its end Python would look through all of this once more


def _set_up() -> None:
    """What is loaded stays: looking for garbage in it takes a fifth of the start, and a moment again and again."""
    gc.disable()
    import_module("django").setup()
    gc.freeze()
    gc.enable()


def _help() -> str:
    lines = [f"  {verb:<9}{meaning}" for verb, meaning in VERBS.items()]
    return "\n".join(
        [
            "usage: tamizdat COMMAND …",
            "",
            *lines,
            "",
            "The newsroom is the current folder, or the one that TAMIZDAT_HOME names.",
            "`tamizdat COMMAND --help` says more; every Django and Wagtail command works by its name.",
        ]
    )
