"""How often a thing is tried, with which seed, and where the figures of a run are written."""

import json
import os
from pathlib import Path
from typing import Any

SEED = int(os.environ.get("TAMIZDAT_SEED", "20261123"))
IS_SOAK = bool(os.environ.get("TAMIZDAT_SOAK"))
# `tests/run.py` names this file and puts its lines into its results.
FIGURES = "TAMIZDAT_FIGURES"


def tries(*, soak: int, test: int) -> int:
    """The promised n in `make soak`, a smaller one in `make test`."""
    return soak if IS_SOAK else test


def record(name: str, *, n: int, seed: int | None = None, **figures: Any) -> None:
    """Say what was tried, how often and how it went; and keep it when a run collects figures."""
    test = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0]  # its own address, whoever runs it beside others
    line = {"name": name, "n": n, "seed": seed, "command": f"pytest {test}", **figures}
    print(json.dumps(line))
    if path := os.environ.get(FIGURES):
        with Path(path).open("a") as file:
            file.write(json.dumps(line) + "\n")
