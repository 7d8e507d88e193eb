"""A bakery whose bakers are killed while an editor goes on editing."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.newsrooms import Newsroom, wait_until

ROOT = Path(__file__).parents[2]
BAKERS = 2
STARTING_SECONDS, ENDING_SECONDS = 60, 120
Paper = dict[str, str]  # name to digest


@dataclass(frozen=True)
class Kill:
    """Who was killed, and how many batches of the whole paper were safe by then; None when it was not to be whole."""

    victim: str
    batches: int | None


@dataclass
class Bakery:
    """`papers` are what the paper has been since the last finished bake: what may stand, file by file."""

    newsroom: Newsroom
    editor: subprocess.Popen
    chance: Random
    papers: list[Paper] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    is_disturbed: bool = False  # an edit came while somebody baked
    longest_seconds: float = 0.0

    def edit(self) -> None:
        self.editor.stdin.write("\n")
        self.editor.stdin.flush()
        self.hear()

    def hear(self) -> None:
        said = json.loads(self.editor.stdout.readline())
        self.edits.append(said["edit"])
        self.papers.append(said["paper"])

    def finish(self) -> None:
        """Bake to the end, and carry it away; what was before may stand no longer."""
        process = self._bake("--touched")
        begun = time.monotonic()
        assert process.wait(ENDING_SECONDS) == 0, self.newsroom.log
        self.longest_seconds = max(self.longest_seconds, time.monotonic() - begun)
        self.papers, self.is_disturbed = self.papers[-1:], False

    def push(self) -> bool:
        """Whether every mirror holds the latest build now."""
        return self.newsroom.run("push", check=False).returncode == 0

    def kill_one(self) -> Kill | None:
        """`kill -9` for the press or one of its bakers, at a random moment of a bake; None when it was done before.

        An editor may publish while it bakes. Nobody who baked is alive afterwards.
        """
        process = self._bake(*self.chance.choice([[], ["--touched"]]))
        wait_seconds = self.chance.uniform(0, self.longest_seconds)
        if self.chance.random() < 0.3:
            self.is_disturbed = True
            self.edit()
        else:
            time.sleep(wait_seconds)
        forked = children(process.pid)
        victim = self.chance.choice([process.pid, *forked])
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        code = process.wait(ENDING_SECONDS)
        wait_until(lambda: not any(map(is_alive, forked)), "the forked bakers to end", seconds=20)
        if code == 0:
            self.papers = self.papers[-1:] if not self.due() else self.papers
            return None
        batches = self.newsroom.rows("SELECT done FROM bakery_underway")
        return Kill("press" if victim == process.pid else "baker", _count(batches))

    def due(self) -> set[str]:
        return {path for (path,) in self.newsroom.rows("SELECT path FROM bakery_touch")}

    def _bake(self, *options: str) -> subprocess.Popen:
        """A bake that has begun."""
        process = self.newsroom.start("bake", *options)
        end = time.monotonic() + STARTING_SECONDS
        while process.poll() is None and not is_held(self.newsroom.home / "data" / "bakery.lock"):
            assert time.monotonic() < end, self.newsroom.log
            time.sleep(0.002)
        return process


@contextmanager
def bakery(newsroom: Newsroom, seed: str) -> Iterator[Bakery]:
    """With a paper that has been baked once."""
    with open(newsroom.home / "serve.log", "ab") as log:
        editor = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.editing", seed],
            env=newsroom.environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    there = Bakery(newsroom, editor, Random(seed))
    try:
        there.hear()
        there.finish()
        yield there
    finally:
        editor.communicate(timeout=60)


def is_held(lock: Path) -> bool:
    with open(lock, "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _count(rows: list[tuple]) -> int | None:
    done = [json.loads(one) if isinstance(one, str) else one for (one,) in rows]
    return len(done[0]) if done else None
