"""How fast are books of a million entries: the gap, the till's search, a month's close, doctor, the journal?

    python -m bench.books --quick

A newsroom is filled with payments of five years and their entries, all triggers armed, on SQLite and on PostgreSQL.
The journal is written by `tamizdat journal` and read by beancount's own checker (with --quick of 20,000 entries; of a
million it takes minutes and some gigabytes).
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.archive import inside
from bench.measuring import idle, is_quick, publish
from tests.newsrooms import DATABASES, founded, has_postgresql

QUESTION = "How many milliseconds does the till's search take in books of a million entries, of the 100 promised?"
GOALS = {"gap": 20, "search": 100, "close": 5_000, "doctor": 30_000}


def measured(database: str, entries: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name, founded(Path(name), database) as newsroom:
        begun = time.perf_counter()
        inside(newsroom, f"from bench.inside import books; books.fill({entries})")
        filled = round(time.perf_counter() - begun, 1)
        answers = Path(name) / "answers.json"
        inside(newsroom, f"import pathlib; from bench.inside import books; pathlib.Path({str(answers)!r})"
               ".write_text(books.ask())")  # fmt: skip
        return {"entries": entries, "fill_seconds": filled, **json.loads(answers.read_text()), **_journal(newsroom)}


def _journal(newsroom: Any) -> dict[str, Any]:
    """Written by the product, checked by beancount."""
    journal = newsroom.home / "journal.beancount"
    begun = time.perf_counter()
    with journal.open("wb") as file:
        command = [sys.executable, "-m", "tamizdat", "journal"]
        subprocess.run(command, check=True, env=newsroom.environment, stdout=file)
    written = time.perf_counter()
    checked = subprocess.run([Path(sys.executable).with_name("bean-check"), "--no-cache", journal], capture_output=True)
    return {
        "journal_seconds": round(written - begun, 1),
        "bean_check_seconds": round(time.perf_counter() - written, 1),
        "bean_check_errors": len(checked.stderr.splitlines()) or checked.returncode,
    }


def main() -> None:
    entries = 20_000 if is_quick(QUESTION) else 1_000_000
    was_idle = idle()
    found = {name: measured(name, entries) for name in DATABASES if name == "sqlite" or has_postgresql()}
    publish("books", {
        "question": QUESTION,
        "product": found["sqlite"]["search"]["longest_ms"],
        "peer": GOALS["search"],
        "ratio": round(found["sqlite"]["search"]["longest_ms"] / GOALS["search"], 3),
        "better": "lower",
        "detail": {**found, "goals_ms": GOALS, "idle_before": was_idle},
    })  # fmt: skip


if __name__ == "__main__":
    main()
