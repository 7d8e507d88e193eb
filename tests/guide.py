"""A company's guide and what `doctor --providers` says at each wrong step of it: the guide quotes the words."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.sides.side import Side

HERE = "https://give.paper.example"
DOCS = Path(__file__).parent.parent / "docs"


def events_at(code: str) -> str:
    """Where a company tells the newsroom."""
    return f"{HERE}/events/{code}/"


def switched_on(code: str, settings: Any, keys: Path) -> Path:
    """The company is the newsroom's only one; where its file of keys lies."""
    settings.KEYS = keys
    giving = replace(settings.NEWSROOM.giving, providers=(code,))
    paper = replace(settings.NEWSROOM.paper, giving_address=HERE)
    settings.NEWSROOM = replace(settings.NEWSROOM, giving=giving, paper=paper)
    return keys / f"{code}.toml"


def written(said: dict[str, str]) -> str:
    """A file of keys; what is empty is left out."""
    return "".join(f'{name} = "{value}"\n' for name, value in said.items() if value)


@dataclass(frozen=True)
class Guide:
    code: str

    def quotes(self, words: str) -> None:
        """Doctor says it, and so does the guide."""
        assert words in said()
        document = DOCS / f"{self.code}.md"
        assert words in document.read_text("utf-8"), f"{document.name} does not quote “{words}”"

    def fixtures(self, opened: Callable[[], AbstractContextManager[Side]]) -> Any:
        """The fixtures `side`, `keys` (where the file of keys lies) and `write`: it, with what is said otherwise."""

        @pytest.fixture
        def side():
            with opened() as side:
                yield side

        @pytest.fixture
        def keys(training, settings, tmp_path):
            return switched_on(self.code, settings, tmp_path)

        @pytest.fixture
        def write(keys, side):
            return lambda **said: keys.write_text(written(tomllib.loads(side.settings()) | said))

        return side, keys, write


class Guided:
    """What holds of every guide. Subclass it with `guide`, beside the fixtures `keys` and `write`."""

    guide: Guide

    def test_all_is_well(self, write, capsys):
        write()
        call_command("doctor", providers=True)
        assert capsys.readouterr().out == "All is well.\n"

    def test_no_file(self, keys):
        self.guide.quotes(f"is missing: write it as docs/{self.guide.code}.md shows")

    def test_a_file_that_is_no_toml(self, keys):
        keys.write_text("key = secret")
        self.guide.quotes(f"{self.guide.code}.toml cannot be read")


def said() -> str:
    """What doctor finds wrong."""
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", providers=True, stdout=out)
    return out.getvalue()
