"""What import-linter cannot see: foreign keys, file sizes, names, and what documents must name."""

import ast
import configparser
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
CODE = sorted((ROOT / "tamizdat").rglob("*.py"))
TABLES_OF_DATA: set[str] = set()


def tracked(*suffixes: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [ROOT / name for name in listed if name.endswith(suffixes) and (ROOT / name).is_file()]


def floors() -> dict[str, int]:
    """Each room's height, read from the same file that CI checks: 0 is the front door."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    layers = contract["importlinter:contract:rooms"]["layers"].split("\n")
    return {room.strip(): height for height, layer in enumerate(filter(None, layers)) for room in layer.split("|")}


def test_every_foreign_key_points_down():
    heights = floors()
    for model in apps.get_models():
        room = model._meta.app_label
        if not model.__module__.startswith("tamizdat."):
            continue
        for field in model._meta.get_fields():
            other = getattr(field, "remote_field", None) and field.related_model
            if other is None or not field.concrete or not other.__module__.startswith("tamizdat."):
                continue
            target = other._meta.app_label
            assert target == room or heights[target] > heights[room], f"{model.__name__}.{field.name} → {target}"


@pytest.mark.parametrize("suffix", [".py", ".html", ".css", ".js", ".txt"])
def test_no_file_is_longer_than_300_lines(suffix):
    for path in tracked(suffix):
        relative = str(path.relative_to(ROOT))
        if "/migrations/" in relative or "/vendor/" in relative or "requirements/" in relative:
            continue
        lines = len(path.read_text("utf-8").splitlines())
        assert lines <= 300 or relative in TABLES_OF_DATA, f"{relative} has {lines} lines"


def test_nothing_is_called_utils():
    for path in CODE:
        assert path.stem not in {"utils", "helpers", "misc", "common"}, path


def test_no_import_hides_inside_a_function():
    for path in CODE:
        if "/tests/" in str(path):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                assert not inner, f"{path.relative_to(ROOT)}:{node.lineno} {node.name} hides a circle"


def test_other_rooms_take_only_a_rooms_face():
    """actions, queries, signals, rules; apps and urls belong to Django, tasks to the room itself."""
    face = {"actions", "queries", "signals", "rules"}
    rooms = {p.parent.name for p in (ROOT / "tamizdat").glob("*/models*")} - {"newsroom"}
    rooms = {room.name for room in (ROOT / "tamizdat").iterdir() if room.name in floors()} & rooms | {"letters"}
    wrong = []
    for path in CODE:
        own = path.relative_to(ROOT / "tamizdat").parts[0]
        if "tests" in path.parts or own in {"dashboard", "server", "demo", "urls.py", "cli.py"}:
            continue
        for room, module in re.findall(r"from tamizdat\.(\w+)\.(\w+)", path.read_text("utf-8")):
            if room in rooms and room != own and module not in face:
                wrong.append(f"{path.relative_to(ROOT)} takes {room}.{module}")
    assert not wrong, wrong


def test_no_test_flushes_a_database_whose_books_refuse_it():
    for path in tracked(".py"):
        if path == Path(__file__):
            continue
        text = path.read_text("utf-8")
        assert "transaction=True" not in text and "TransactionTestCase" not in text, path


def test_the_project_names_no_machine():
    for path in tracked(".py", ".md", ".toml", ".html", ".txt", "Makefile"):
        if path == Path(__file__):
            continue
        assert not re.search(r"/(root|work|home/\w+)/", path.read_text("utf-8")), path


def test_every_room_says_what_it_is():
    for room in floors():
        folder = ROOT / "tamizdat" / room
        if folder.is_dir():
            assert (folder / "README.md").is_file(), f"{room} has no README.md"
