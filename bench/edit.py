"""How long does one corrected article take, from Publish to the new file on disk, and does that grow with the archive?

    python -m bench.edit --quick

An editor corrects a word in articles of any age, one after another, over HTTP, while `tamizdat serve` runs with its
web process, its worker and its clock; the time is that from the click to the file that says the new word.
"""

from __future__ import annotations

import json
import secrets
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from bench import archive
from bench.measuring import idle, is_quick, publish
from tests.newsrooms import Newsroom
from tests.wire import Reader

QUESTION = "How many times longer than in a small archive does a correction take in a large one?"
TMPFS = "/dev/shm"
QUICK, SIZES = (100, 400), (1_000, 100_000)
EDITS, FIRST = 60, 3  # the first ones warm the desk up and are not counted
PAUSE_SECONDS = 0.5  # between two corrections; nobody types faster
LOOK_SECONDS, PATIENCE_SECONDS = 0.002, 60
LOGIN = "corrector"
BAKE = "from tamizdat.bakery import actions; actions.touch(paths=None); actions.bake_touched()"


def corrected(newsroom: Newsroom, edits: int) -> dict[str, float]:
    """Seconds that a correction takes in a newsroom that is baked and serves."""
    password = secrets.token_hex(8)
    call = f"desk.corrections({FIRST + edits}, login={LOGIN!r}, password={password!r})"
    forms = json.loads(newsroom.shell(f"from bench.inside import desk; print({call})"))
    editor = Reader(newsroom.address)
    editor.fill("/desk/login/", username=LOGIN, password=password, next="/desk/")
    taken = []
    for page, path, form in forms:
        token = editor.cookies["csrftoken"]
        body = urlencode([("csrfmiddlewaretoken", token), *form]).encode()
        file = newsroom.home / "data" / "site" / path.lstrip("/") / "index.html"
        time.sleep(PAUSE_SECONDS)
        taken.append(correct(editor, page, body, file))
    counted = [answered for answered, _ in taken[FIRST:]], [whole for _, whole in taken[FIRST:]]
    return {
        "answer_p50": round(median(counted[0]), 3),
        "p50": round(median(counted[1]), 3),
        "p95": round(quantiles(counted[1], n=20)[18], 3),
        "worst": round(max(counted[1]), 3),
    }


def correct(editor: Reader, page: int, body: bytes, file: Path) -> tuple[float, float]:
    """Press Publish: seconds until the desk answers, and until the file says it."""
    word = f"Correction{page}: ".encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": editor.address}
    start = time.monotonic()
    answer = editor.ask("POST", f"/desk/pages/{page}/edit/", body, kind)
    answered = time.monotonic() - start
    assert answer.status == 302, answer.text[:3000]
    while time.monotonic() < start + PATIENCE_SECONDS:
        with suppress(FileNotFoundError):
            if word in file.read_bytes():
                return answered, time.monotonic() - start
        time.sleep(LOOK_SECONDS)
    raise AssertionError(f"{file} was not corrected in {PATIENCE_SECONDS} s")


def in_an_archive(folder: Path, articles: int, edits: int) -> Mapping[str, float]:
    folder.mkdir()
    with archive.made(folder, articles) as newsroom:
        archive.inside(newsroom, BAKE)
        with newsroom.serving():
            return corrected(newsroom, edits)


def main() -> None:
    is_short = is_quick(QUESTION)
    was_idle = idle()
    with tempfile.TemporaryDirectory(dir=TMPFS) as name:
        small, large = (
            in_an_archive(Path(name) / str(size), size, EDITS // 4 if is_short else EDITS)
            for size in (QUICK if is_short else SIZES)
        )
    publish("edit", {
        "question": QUESTION,
        "product": large["p50"],
        "peer": small["p50"],
        "ratio": round(large["p50"] / small["p50"], 2),
        "better": "lower",
        "detail": {
            "articles": QUICK if is_short else SIZES,
            "seconds": {"small": small, "large": large},
            "edits": EDITS // 4 if is_short else EDITS,
            "seed": archive.SEED,
            "idle_before": was_idle,
        },
    })  # fmt: skip


if __name__ == "__main__":
    main()
