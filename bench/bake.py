"""How fast is the whole paper baked, beside Hugo?

    python -m bench.bake --quick

The same articles, lists, tags, months and feeds, on tmpfs, in turns: our press with gzip and brotli beside every file,
our press without, and Hugo, which packs nothing. Hugo reads Markdown, we read rows; both start with an empty folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from bench import archive
from bench.measuring import Figures, alternately, idle, is_quick, publish
from tests.newsrooms import Newsroom

QUESTION = "How many times as many articles a second as Hugo does the press bake, packed twice?"
TMPFS = "/dev/shm"
HUGO = Path(sysconfig.get_path("purelib")) / "hugo/binaries/hugo"  # without the package's wrapper in Python
PACKED = [sys.executable, "-m", "tamizdat", "bake"]
# The oven believes that no file is worth packing; all else is the product's.
BARE = "from tamizdat.bakery import oven; oven.has_variants = lambda path: False; from tamizdat.cli import main; main()"
LOOK_SECONDS = 0.1
QUICK, SIZES, BESIDE_HUGO = 400, (10_000, 50_000, 100_000), 50_000
ROUNDS = {10_000: 5, 50_000: 2, 100_000: 1}


def measured(command: list[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds that a command takes, and the most memory that it and all that it starts have at once, in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(memory(pid) for pid in family(process.pid)))
        with suppress(subprocess.TimeoutExpired):
            process.wait(LOOK_SECONDS)
    assert process.returncode == 0, command
    return time.monotonic() - start, peak


def family(pid: int) -> Iterator[int]:
    """A process and its descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                yield from family(int(child))


def memory(pid: int) -> float:
    """Megabytes of a process; what it shares with others counts in parts."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1000
    return 0.0


def bake(newsroom: Newsroom, articles: int, command: list[str]) -> Figures:
    archive.unbake(newsroom)
    return figures(articles, *measured(command, newsroom.environment), newsroom.home / "data" / "site")


def build(site: Path, articles: int) -> Figures:
    for made in ("public", "cache"):
        shutil.rmtree(site / made, ignore_errors=True)
    command = [str(HUGO), "--source", str(site), "--cacheDir", str(site / "cache"), "--noBuildLock", "--quiet"]
    return figures(articles, *measured(command, dict(os.environ)), site / "public")


def figures(articles: int, seconds: float, peak: float, folder: Path) -> Figures:
    files = [file for file in folder.rglob("*") if file.is_file() and file.suffix not in {".br", ".gz"}]
    return {
        "seconds": seconds,
        "articles_per_second": articles / seconds,
        "peak_mb": peak,
        "files": len(files),
        "megabytes": sum(file.stat().st_size for file in files) / 1e6,
    }


def side_by_side(folder: Path, articles: int, *, rounds: int, has_peer: bool) -> dict[str, dict[str, float]]:
    """An archive of so many articles, baked by each in turn."""
    folder.mkdir()
    with archive.made(folder, articles) as newsroom:
        runs = {
            "packed": partial(bake, newsroom, articles, PACKED),
            "bare": partial(bake, newsroom, articles, [sys.executable, "-c", BARE, "bake"]),
        }
        if has_peer:
            site = folder / "hugo"
            archive.inside(newsroom, f"from bench.inside import hugo; hugo.export({str(site)!r})")
            runs["hugo"] = partial(build, site, articles)
        found = alternately(runs, rounds)
    shutil.rmtree(folder)
    return found


def times(found: Mapping[str, Mapping[str, float]], ours: str) -> float:
    """How many times Hugo's articles a second."""
    return round(found[ours]["articles_per_second"] / found["hugo"]["articles_per_second"], 2)


def main() -> None:
    sizes = (QUICK,) if is_quick(QUESTION) else SIZES
    was_idle = idle()
    with tempfile.TemporaryDirectory(dir=TMPFS) as name:
        found = {
            size: side_by_side(Path(name) / str(size), size, rounds=ROUNDS.get(size, 2), has_peer=size <= BESIDE_HUGO)
            for size in sizes
        }
    first = found[sizes[0]]
    publish("bake", {
        "question": QUESTION,
        "product": first["packed"]["articles_per_second"],
        "peer": first["hugo"]["articles_per_second"],
        "ratio": times(first, "packed"),
        "better": "higher",
        "detail": {
            "articles": {str(size): by_run for size, by_run in found.items()},
            "times_hugo": {
                str(size): {ours: times(by_run, ours) for ours in ("packed", "bare")}
                for size, by_run in found.items()
                if "hugo" in by_run
            },
            "seed": archive.SEED,
            "rounds": {str(size): ROUNDS.get(size, 2) for size in sizes},
            "idle_before": was_idle,
        },
    })  # fmt: skip


if __name__ == "__main__":
    main()
