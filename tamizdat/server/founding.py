"""`tamizdat new DIR`: a folder, its keys, its database, its first administrator. All of it, or nothing."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from tamizdat.newsroom import configuration
from tamizdat.newsroom.rules import Kind
from tamizdat.server.refusal import Refusal

KEYS = ("secret.key", "letters.key", "practice.key")
FOLDERS = ("data", "data/site", "data/media", "data/static", "keys")
PORT = 8000
EXAMPLE = "https://paper.example"
NOTE = """# This folder is a newsroom. If you keep it under version control, keep these out of it.
data/
keys/
"""


@dataclass(frozen=True, kw_only=True)
class Administrator:
    """Who may do everything at the desk."""

    login: str
    email: str
    password: str


@dataclass(frozen=True, kw_only=True)
class Birth:
    """What a newsroom is told when it is made."""

    folder: Path
    kind: Kind
    name: str = ""
    address: str = ""
    contact: str = ""
    toml: str = ""


def main(arguments: Sequence[str]) -> None:
    options = _parser().parse_args(arguments)
    folder: Path = options.folder.resolve()
    require_empty(folder)
    is_asked = sys.stdin.isatty() and not options.admin
    admin, is_generated = _administrator(options, is_asked)
    birth = Birth(
        folder=folder,
        kind=Kind(options.kind),
        name=options.name or folder.name.replace("-", " ").title(),
        address=options.address,
        contact=options.email,
    )
    found(birth, admin)
    _say_what_next(birth, admin, is_generated)


def found(birth: Birth, admin: Administrator) -> None:
    """Make the newsroom in this very process, which then stands in it. What fails leaves nothing behind."""
    require_empty(birth.folder)
    with all_or_nothing(birth.folder):
        write_folder(birth)
        enter(birth.folder)
        run = import_module("django.core.management").call_command
        run("prepare", founding=True, stdout=open(os.devnull, "w"))  # noqa: SIM115  ends with the process
        run("found", kind=birth.kind.value, administrator=json.dumps(vars(admin)))


def require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal(f"{folder} is not empty; a newsroom wants a new folder.")


def write_folder(birth: Birth) -> None:
    """newsroom.toml, fresh keys that only their owner can read, and empty places for the rest."""
    make_folders(birth.folder)
    for name in KEYS:
        write_private(birth.folder / "keys" / name, secrets.token_hex(32))
    write_private(birth.folder / "newsroom.toml", birth.toml or _toml(birth))


def make_folders(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700 if name == "keys" else 0o755)
    (folder / ".gitignore").write_text(NOTE)


def enter(folder: Path) -> None:
    """From here on this process is a command of that newsroom."""
    os.environ["TAMIZDAT_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tamizdat.settings")
    configuration.load(folder / "newsroom.toml", os.environ)
    import_module("django").setup()


@contextmanager
def all_or_nothing(folder: Path) -> Iterator[None]:
    was_there = folder.exists()
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if was_there:
            folder.mkdir()
        raise


def write_private(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _toml(birth: Birth) -> str:
    """The commented file, filled in; JSON's way to quote a text is TOML's too."""
    template = Template((Path(__file__).parent / "newsroom.toml.in").read_text("utf-8"))
    values = {"name": birth.name, "address": birth.address or EXAMPLE, "contact": birth.contact}
    quoted = {key: json.dumps(value, ensure_ascii=False)[1:-1] for key, value in values.items()}
    # Nobody named an address: it stays out, and the paper stands wherever its port is.
    out = "" if birth.address else "# "
    providers = '["practice", "offline"]' if birth.kind is Kind.TRAINING else "[]"
    return template.substitute(quoted, out=out, providers=providers, port=_port(birth.address))


def _port(address: str) -> int:
    """An address like http://127.0.0.1:8100 names our own port; https means a proxy."""
    parts = urlsplit(address)
    return parts.port or PORT if parts.scheme == "http" else PORT


def _administrator(options: argparse.Namespace, is_asked: bool) -> tuple[Administrator, bool]:
    login, password = options.admin or "admin", ""
    if is_asked:
        login = input("Login of the first administrator [admin]: ").strip() or login
        password = getpass.getpass("Password (empty: one is made for you): ")
    made = password or secrets.token_urlsafe(12)
    return Administrator(login=login, email=options.email, password=made), not password


def _say_what_next(birth: Birth, admin: Administrator, is_generated: bool) -> None:
    address = configuration.load(birth.folder / "newsroom.toml", os.environ).paper.address
    lines = [f"{birth.name} is founded in {birth.folder}: a {birth.kind} newsroom, for ever."]
    if is_generated:
        lines.append(f"Log in as {admin.login} with {admin.password} — this password is shown only now.")
    lines += [
        f"Next: cd {birth.folder} && tamizdat serve",
        f"Then: open {address}/desk/",
        "Everything that can be set is in newsroom.toml. Keep a copy of keys/ apart from your backups.",
    ]
    print("\n".join(lines))  # noqa: T201  the command's answer


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tamizdat new", description="Make a newsroom in a new folder.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    kind = parser.add_mutually_exclusive_group(required=True)
    kind.add_argument(
        "--training", dest="kind", action="store_const", const="training", help="money and letters pretend"
    )
    kind.add_argument("--live", dest="kind", action="store_const", const="live", help="money and letters are real")
    parser.add_argument("--name", default="", help="the paper's name")
    parser.add_argument("--address", default="", help="where readers will find it; without one, on this machine")
    parser.add_argument("--admin", default="", metavar="LOGIN", help="the first administrator")
    parser.add_argument("--email", default="", help="the administrator's address, for password resets")
    return parser
