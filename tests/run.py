"""`make test` and `make soak`: the suites one after another, on both databases, and what was not run."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.newsrooms import POSTGRESQL, has_postgresql

ROOT = Path(__file__).parent.parent
SOAK = ROOT / "bench" / "results" / "soak.json"
SCRATCH = f"{POSTGRESQL}/tamizdat_tests"
# Rooms whose promises the database keeps are proved on both databases.
ROOMS_WITH_TABLES = [
    "newsroom",
    "ledger",
    "letters",
    "support",
    "reminders",
    "articles",
    "bakery",
    "mirrors",
]


def suites() -> list[tuple[str, list[str], dict[str, str]]]:
    rooms = [f"tamizdat/{room}" for room in ROOMS_WITH_TABLES]
    rooms += [f"tamizdat/server/tests/{name}.py" for name in ("test_nothing_stays_stranded", "test_the_clock")]
    return [
        ("rooms on SQLite", ["tamizdat"], {}),
        ("rooms on PostgreSQL", rooms, {"DATABASE_URL": SCRATCH}),
        ("walks and pages", ["tests", "--ignore=tests/house"], {}),
    ]


def require_chromium() -> None:
    """Chromium from the system; Debian's is installed where that is allowed, else the line is said."""
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        if subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"]).returncode == 0:
            return
    sys.exit("Chromium is missing: apt install chromium")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soak", action="store_true", help="every n that is promised, not a reduced one")
    is_soak = parser.parse_args().soak
    is_there = has_postgresql()
    if not is_there and os.environ.get("CI"):
        sys.exit("PostgreSQL is not on 127.0.0.1:5432: apt install postgresql")
    require_chromium()
    results, failed = {}, False
    for name, arguments, environment in suites():
        if "DATABASE_URL" in environment and not is_there:
            print(f"not run: {name} (no PostgreSQL on 127.0.0.1:5432)")
            continue
        started = time.monotonic()
        extra = {"TAMIZDAT_SOAK": "1"} if is_soak else {}
        code = subprocess.run(
            [sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env={**os.environ, **environment, **extra}
        ).returncode
        results[name] = {"passed": code == 0, "seconds": round(time.monotonic() - started, 1)}
        failed = failed or code != 0
    if is_soak:
        SOAK.parent.mkdir(exist_ok=True)
        SOAK.write_text(json.dumps(results, indent=1) + "\n")
    print(json.dumps(results, indent=1))
    sys.exit(failed)


if __name__ == "__main__":
    main()
