"""A company's guide and what `doctor --providers` says at each wrong step of it: the guide quotes the words."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

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


def said() -> str:
    """What doctor finds wrong."""
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", providers=True, stdout=out)
    return out.getvalue()
