"""What does each level of packing cost, and what does it leave, beside packing every page whole?

    python -m bench.pack --quick

Pages of a generated archive in four languages: each packed with its head apart in the press's three levels, and whole
by brotli 5 and libdeflate 4. Microseconds are of both variants, the best of several rounds.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from statistics import mean

import brotli
import deflate

from bench import archive
from bench.measuring import Figures, idle, is_quick, publish
from tamizdat.bakery.packing import BEST, GOOD, QUICK, packed

QUESTION = "How much of brotli's bytes for whole pages does the press's brotli take in the end?"
ARTICLES, SAMPLE, ROUNDS = 400, {True: 60, False: 300}, 5
Packer = Callable[[bytes], dict[str, bytes]]


def whole(content: bytes) -> dict[str, bytes]:
    return {".br": brotli.compress(content, quality=5, lgwin=16), ".gz": deflate.gzip_compress(content, 4)}


def measured(pages: list[bytes], packer: Packer, rounds: int) -> Figures:
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        found = [packer(page) for page in pages]
        seconds.append(time.perf_counter() - start)
    return {
        "microseconds": round(min(seconds) / len(pages) * 1e6),
        "brotli_bytes": round(mean(len(one[".br"]) for one in found)),
        "gzip_bytes": round(mean(len(one[".gz"]) for one in found)),
    }


def main() -> None:
    size = SAMPLE[is_quick(QUESTION)]
    was_idle = idle()
    with tempfile.TemporaryDirectory() as name, archive.made(Path(name) / "paper", ARTICLES) as newsroom:
        newsroom.run("bake")
        files = sorted((newsroom.home / "data" / "site").rglob("story-*/index.html"))
        pages = [file.read_bytes() for file in Random(archive.SEED).sample(files, size)]
    levels = {"quick": QUICK, "good": GOOD, "best": BEST}
    found = {name: measured(pages, partial(packed, level=level), ROUNDS) for name, level in levels.items()}
    peer = measured(pages, whole, ROUNDS)
    publish("pack", {
        "question": QUESTION,
        "product": found["best"]["brotli_bytes"],
        "peer": peer["brotli_bytes"],
        "ratio": round(found["best"]["brotli_bytes"] / peer["brotli_bytes"], 3),
        "better": "lower",
        "detail": {**found, "whole": peer, "pages": size, "seed": archive.SEED, "idle_before": was_idle},
    })  # fmt: skip


if __name__ == "__main__":
    main()
