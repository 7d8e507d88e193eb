"""The demo paper, made and served as a new user would."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.newsrooms import Newsroom, free_port, status, wait_until


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The Harbour Gazette, served, with all its gifts."""
    home, port = tmp_path_factory.mktemp("demo") / "paper", free_port()
    paper = Newsroom(home, port)
    environment = {k: v for k, v in os.environ.items() if k not in {"TAMIZDAT_HOME", "DATABASE_URL"}}
    with open(home.with_name("demo.log"), "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tamizdat", "demo", str(home)],
            env={**environment, "PORT": str(port)}, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        wait_until(lambda: status(paper.address + "/") == 200, "the demo's front page", seconds=240)
        wait_until(lambda: _is_quiet(home.with_name("demo.log")), "the demo's gifts", seconds=150)
        yield paper
    finally:
        process.terminate()
        process.wait(20)


def _is_quiet(log: Path) -> bool:
    """The demo says when the last gift has come."""
    time.sleep(0.5)
    return "in the books" in log.read_text("utf-8").lower()
