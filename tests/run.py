"""`make test` and `make soak`: the suites one after another, on both databases, and what was not run.

A soak takes hours; `python -m tests.run --soak --only "the till"` runs one suite of it and keeps what is on file of the
others, each with the commit that it was run at.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.newsrooms import POSTGRESQL, has_postgresql
from tests.serving.proxies import DEBIAN as SERVERS
from tests.serving.proxies import missing as servers_missing
from tests.soak import FIGURES

ROOT = Path(__file__).parent.parent
SOAK = ROOT / "bench" / "results" / "soak.json"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SIDE_BY_SIDE = ["-n", "auto"]  # one process a core
SHARING = ["--dist", "loadfile"]  # the tests of one file share the newsroom that they serve
SCRATCH = f"{POSTGRESQL}/tamizdat_tests"
# Rooms whose promises the database keeps are proved on both databases.
ROOMS_WITH_TABLES = [
    "newsroom",
    "ledger",
    "letters",
    "support",
    "asks",
    "reminders",
    "articles",
    "bakery",
    "mirrors",
]


@dataclass(frozen=True)
class Suite:
    name: str
    arguments: list[str]
    database_url: str = ""


def suites() -> list[Suite]:
    rooms = [f"tamizdat/{room}" for room in ROOMS_WITH_TABLES]
    rooms += [f"tamizdat/server/tests/{name}.py" for name in ("test_nothing_stays_stranded", "test_the_clock")]
    return [
        Suite("rooms on SQLite", ["tamizdat"]),
        Suite("rooms on PostgreSQL", rooms, SCRATCH),
        # In a process of its own: Django's tables are not to be had where a browser is driven. One test may be as long
        # as ten others, so that whoever is done takes some from whoever is not.
        Suite("the till", ["tests/till", "--dist", "worksteal"]),
        Suite("walks, pages and faults", ["tests", "--ignore=tests/house", "--ignore=tests/till", *SHARING]),
    ]


def require_chromium() -> None:
    """Chromium from the system; Debian's is installed where that is allowed, else the line is said."""
    if not any(shutil.which(name) for name in CHROMIUM) and not install("chromium"):
        sys.exit("Chromium is missing: apt install chromium")


def has_servers() -> bool:
    """Whether nginx and Caddy are here or could be installed; neither is started by that."""
    return not servers_missing() or (install(*SERVERS) and not servers_missing())


def install(*packages: str) -> bool:
    """Debian's packages, where that is allowed."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    # A server that is being installed would be started by Debian: not one that only tests need.
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    command = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "install", "-y", "-qq", *packages]
    return subprocess.run(command, env=quiet).returncode == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soak", action="store_true", help="every n that is promised, not a reduced one")
    parser.add_argument("--only", choices=[suite.name for suite in suites()], help="one suite alone")
    options = parser.parse_args()
    is_soak = options.soak
    has_database = has_postgresql()
    if not has_database and os.environ.get("CI"):
        sys.exit("PostgreSQL is not on 127.0.0.1:5432: apt install postgresql")
    require_chromium()
    is_proxied = has_servers()
    if not is_proxied and os.environ.get("CI"):
        sys.exit(f"nginx and Caddy are missing: apt install {' '.join(SERVERS)}")
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        os.environ[FIGURES] = str(figures)
        os.environ.update({"TAMIZDAT_SOAK": "1"} if is_soak else {})
        wanted = [suite for suite in suites() if options.only in (None, suite.name)]
        results = [run(suite, figures) for suite in wanted if has_database or not suite.database_url]
    report = {"suites": kept(results) if is_soak else results}
    if is_soak:
        SOAK.write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report, indent=1))
    if not has_database:
        print("not run: what needs PostgreSQL on 127.0.0.1:5432")
    if not is_proxied:
        print(f"not run: what needs nginx and Caddy (apt install {' '.join(SERVERS)})")
    sys.exit(not all(result["passed"] for result in results))


def kept(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """These, and of the suites that were not run now what is on file."""
    on_file = json.loads(SOAK.read_text())["suites"] if SOAK.exists() else []
    by_name = {result["name"]: result for result in (*on_file, *results)}
    return [by_name[suite.name] for suite in suites() if suite.name in by_name]


def run(suite: Suite, figures: Path) -> dict[str, Any]:
    started = time.monotonic()
    environment = {**os.environ, **({"DATABASE_URL": suite.database_url} if suite.database_url else {})}
    print(f"\n{suite.name}", flush=True)
    command = [sys.executable, "-m", "pytest", *SIDE_BY_SIDE, *suite.arguments]
    figures.write_text("")
    code = subprocess.run(command, cwd=ROOT, env=environment).returncode
    return {
        "name": suite.name, "passed": code == 0, "seconds": round(time.monotonic() - started, 1), "commit": commit(),
        "figures": [json.loads(line) for line in figures.read_text().splitlines()],
    }  # fmt: skip


def commit() -> str:
    """What was tested, with "-dirty" when the code was changed since; "" outside of a checkout, and without git."""
    if not shutil.which("git"):
        return ""
    said = _git("rev-parse", "--short", "HEAD")
    is_dirty = said and _git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/results")
    return f"{said}-dirty" if is_dirty else said


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
