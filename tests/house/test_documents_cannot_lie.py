"""Every setting, command and signal is named in docs/."""

import dataclasses
import re
from pathlib import Path

from tamizdat.newsroom import configuration
from tamizdat.newsroom.giving import Giving, Prices

ROOT = Path(__file__).parents[2]
DOCS = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md")))


def test_every_setting_is_documented():
    sections = (configuration.Paper, Giving, Prices, configuration.Asks, configuration.Post)
    for section in (*sections, configuration.Server, configuration.Mirror):
        for field in dataclasses.fields(section):
            name = {"prices": "also"}.get(field.name, field.name)
            assert f"`{name}`" in DOCS, f"docs/ does not name the setting {name}"


def test_every_command_is_documented():
    for path in (ROOT / "tamizdat").glob("*/management/commands/*.py"):
        if path.stem != "__init__":
            assert f"`tamizdat {path.stem}" in DOCS, f"docs/ does not name the command {path.stem}"


def test_every_signal_is_documented():
    for path in (ROOT / "tamizdat").glob("*/signals.py"):
        for name in re.findall(r"^(\w+) = Signal\(", path.read_text("utf-8"), re.MULTILINE):
            assert f"`{name}`" in DOCS, f"docs/ does not name the signal {name}"


def test_every_provider_capability_is_documented():
    from tamizdat.support.rules.contract import Capabilities

    for field in dataclasses.fields(Capabilities):
        assert f"`{field.name}`" in DOCS, f"docs/ does not name the capability {field.name}"
