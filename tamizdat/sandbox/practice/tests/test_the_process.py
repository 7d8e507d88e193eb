import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

from tamizdat.sandbox.practice.tests.conftest import BIRTH, TERMS
from tests.company import open_company

OPTIONS = ["--events-to", "http://127.0.0.1:9/", "--calm"]


def leave(company, number=signal.SIGTERM):
    company.process.send_signal(number)
    company.process.stdout.close()
    return company.process.wait(10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_leaves_quickly_and_in_order(tmp_path, number):
    company = open_company(tmp_path, OPTIONS)
    began = time.monotonic()
    assert leave(company, number) == 0
    assert time.monotonic() - began < 2


def test_it_remembers_its_orders_and_its_time(tmp_path):
    first = open_company(tmp_path, [*OPTIONS, "--clock", BIRTH.isoformat()])
    order = first.client.approve(first.client.open_order(key=str(uuid4()), **TERMS)["id"])
    first.process.kill()
    leave(first)
    second = open_company(tmp_path, OPTIONS)
    remembered = second.client.order(order["id"])
    assert second.client.now().year == BIRTH.year
    leave(second)
    assert remembered["charges"] == order["charges"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_it_goes_when_its_parent_is_killed(tmp_path):
    (tmp_path / "practice.key").write_text("key")
    child = [sys.executable, "-m", "tamizdat.sandbox.practice", "--port", "0", *OPTIONS]
    child += ["--database", str(tmp_path / "practice.sqlite3"), "--key-file", str(tmp_path / "practice.key")]
    script = "import subprocess, sys; p = subprocess.Popen(sys.argv[1:]); print(p.pid, flush=True); p.wait()"
    parent = subprocess.Popen(
        [sys.executable, "-c", script, *child],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[4])},
    )
    pid = int(parent.stdout.readline())
    assert "stands at" in parent.stdout.readline()
    parent.kill()
    parent.wait()
    until = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.05)
    parent.stdout.close()
    assert not is_running(pid)


def is_running(pid):
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_port_that_is_taken_is_said_plainly(tmp_path):
    company = open_company(tmp_path, OPTIONS)
    port = company.address.rsplit(":", 1)[1]
    files = ["--database", str(tmp_path / "other.sqlite3"), "--key-file", str(tmp_path / "practice.key")]
    second = subprocess.run(
        [sys.executable, "-m", "tamizdat.sandbox.practice", "--port", port, *files, *OPTIONS],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[4])},
        check=False,
    )
    leave(company)
    assert second.returncode == 1
    assert second.stderr == f"127.0.0.1:{port} cannot be used (Address already in use); choose another --port\n"
