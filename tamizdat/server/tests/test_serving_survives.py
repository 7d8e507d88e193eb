"""`tamizdat serve` as processes: what dies comes back, and nothing outlives the parent."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest

from tests.newsrooms import Newsroom, founded, status, wait_until

MEMORY_LIMIT_KB = 350 * 1024
NAP = "from tamizdat.server.tests.slow import nap; nap.enqueue({!r})"
STATUSES = (
    "from django_tasks_db.models import DBTaskResult as R;"
    "print(*R.objects.filter(task_path__endswith='nap').values_list('status', flat=True))"
)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    with founded(tmp_path_factory.mktemp("served")) as made:
        yield made


@pytest.fixture
def served(newsroom):
    with newsroom.serving():
        wait_until(lambda: len(family(newsroom)) == 3, "three children")
        yield newsroom


def family(newsroom: Newsroom) -> dict[str, int]:
    """The children of the supervisor by what they do."""
    parent = newsroom.process.pid
    listed = subprocess.run(["ps", "--ppid", str(parent), "-o", "pid=,args="], capture_output=True, text=True).stdout
    found = {}
    for line in listed.splitlines():
        pid, _, args = line.strip().partition(" ")
        kind = next((name for name in ("practice", " web", " work") if name in args), "")
        found[kind.strip()] = int(pid)
    return found


def is_alive(pid: int) -> bool:
    """Whether any thread of it lives: the first may be dead while another still holds the port."""
    states = []
    for thread in Path(f"/proc/{pid}/task").glob("*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):  # it has ended while we looked
            states.append(thread.read_text().rpartition(")")[2].split()[0])
    return any(state not in "ZX" for state in states)


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def test_one_line_says_where_everything_is_and_it_all_fits_in_memory(served):
    line = next(line for line in served.log.splitlines() if line.startswith("The Test Gazette"))
    for place in ("training", served.address + "/", served.address + "/desk/", str(served.home)):
        assert place in line
    rollups = [Path(f"/proc/{pid}/smaps_rollup") for pid in (served.process.pid, *family(served).values())]
    used = sum(int(line.split()[1]) for path in rollups for line in path.read_text().splitlines() if "Pss:" in line)
    assert used < MEMORY_LIMIT_KB


@pytest.mark.parametrize("who", ["web", "work", "practice"])
def test_a_killed_child_is_back_in_seconds(served, who):
    before = family(served)[who]
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: family(served).get(who, before) != before, f"another {who}", seconds=10)
    wait_until(lambda: status(served.address + "/support/") == 200, "giving", seconds=20)
    assert f"{before} ended with -9" in served.log


def test_what_a_killed_worker_held_is_done_by_the_next(served, tmp_path):
    diary = tmp_path / "diary"
    served.shell(NAP.format(str(diary)))
    wait_until(diary.exists, "the task to begin")
    os.kill(family(served)["work"], signal.SIGKILL)
    wait_until(lambda: diary.read_text().count("begun") == 2, "a second try", seconds=20)
    wait_until(lambda: served.shell(STATUSES).split() == ["SUCCESSFUL"], "its success", seconds=20)


def test_a_polite_end_is_quick_and_leaves_nobody(served):
    children = family(served).values()
    wait_until(lambda: status(served.address + "/desk/login/") == 200, "the desk")
    started = time.monotonic()
    served.process.terminate()
    assert served.process.wait(10) == 0
    assert time.monotonic() - started < 10  # half a second when the machine is idle; tests share it
    assert not any(map(is_alive, children))


def test_a_brutal_end_of_the_parent_leaves_nobody_on_the_port(served):
    children = list(family(served).values())
    served.process.kill()
    served.process.wait(5)
    wait_until(lambda: not any(map(is_alive, children)), "the end of the children", seconds=5)
    assert port_is_free(served.port)
    assert port_is_free(served.port + 1)


def test_a_newsroom_is_served_once(served):
    second = served.run("serve", check=False)
    assert second.returncode == 2
    assert f"already being served, by process {served.process.pid}" in second.stderr


@pytest.mark.parametrize("neighbour", [0, 1])
def test_a_taken_port_is_named_in_one_sentence(newsroom, neighbour):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", newsroom.port + neighbour))
        taken.listen()
        said = newsroom.run("serve", check=False)
    assert said.returncode == 2
    assert f"Port {newsroom.port + neighbour} of 127.0.0.1 cannot be opened" in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_work_may_be_left_to_another(newsroom):
    log = (newsroom.home / "serve.log").open("ab")
    command = [sys.executable, "-m", "tamizdat", "serve", "--no-work"]
    newsroom.process = subprocess.Popen(command, env=newsroom.environment, stdout=log, stderr=log)
    try:
        wait_until(lambda: status(newsroom.address + "/") == 200, "the front page")
        assert set(family(newsroom)) == {"web", "practice"}
    finally:
        newsroom.process.terminate()
        newsroom.process.wait(10)
        log.close()


def test_the_log_names_no_reader(served):
    who = {"User-Agent": "Netscape-Of-A-Reader/4.0", "X-Forwarded-For": "203.0.113.77"}
    for path in ("/", "/nowhere/", "/support/my/wrong/", "/desk/", "/%ff%00/", "/events/nobody/"):
        for method in ("GET", "POST"):
            asked = urllib.request.Request(served.address + path, headers=who, method=method, data=None)
            try:
                urllib.request.urlopen(asked, timeout=10).close()
            except urllib.error.HTTPError as error:
                error.close()
    lines = served.log.splitlines()
    assert not [line for line in lines if "Netscape" in line or "203.0.113.77" in line]
