"""What every benchmark shares: a quick run or a full one, medians of alternating rounds, one JSON file."""

import argparse
import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).parent / "results"
LOOK_SECONDS = 1.0
Figures = Mapping[str, float]


def is_quick(question: str) -> bool:
    """Whether `--quick` was said: within a minute, instead of the full figure."""
    parser = argparse.ArgumentParser(description=question)
    parser.add_argument("--quick", action="store_true", help="within a minute; without it, the full figure")
    return bool(parser.parse_args().quick)


def alternately(runs: Mapping[str, Callable[[], Figures]], rounds: int) -> dict[str, dict[str, float]]:
    """Each run in turn, round after round; the median of every figure by run."""
    found: dict[str, list[Figures]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            found[name].append(run())
    return {
        name: {key: round(median(figures[key] for figures in measured), 3) for key in measured[0]}
        for name, measured in found.items()
    }


def idle() -> float:
    """The share of this machine's time that nobody used, during a second."""
    before = _times()
    time.sleep(LOOK_SECONDS)
    spent = [after - earlier for after, earlier in zip(_times(), before, strict=True)]
    return round((spent[3] + spent[4]) / sum(spent), 2)


def _times() -> list[int]:
    return [int(ticks) for ticks in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]


def publish(name: str, result: Mapping[str, object]) -> None:
    """Print what was found and keep it in bench/results/."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps({**result, "machine": {"cores": os.cpu_count(), "load": os.getloadavg()[0]}}, indent=1)
    (RESULTS / f"{name}.json").write_text(text + "\n", "utf-8")
    print(text)
