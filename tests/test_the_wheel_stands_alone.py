"""The wheel, installed where no source tree is and with nothing but its locked libraries, is the whole product."""

import os
import re
import shutil
import signal
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.newsrooms import free_port, wait_until
from tests.wire import Reader

ROOT = Path(__file__).parents[1]
UNWANTED = {"TAMIZDAT_HOME", "PORT", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH"}
SEEN_BY_READERS_AND_DESK = {
    "tamizdat/reader/templates/article.html",
    "tamizdat/reader/templates/letters/receipt.txt",
    "tamizdat/reader/style.css",
    "tamizdat/locale/ar/LC_MESSAGES/django.mo",
    "tamizdat/dashboard/templates/dashboard/home_money.html",
    "tamizdat/dashboard/static/dashboard/vendor/chart.umd.js",
    "tamizdat/dashboard/static/dashboard/vendor/chart.LICENSE.md",
    "tamizdat/sandbox/practice/templates/practice/pay.html",
    "tamizdat/server/newsroom.toml.in",
}
# What nginx, as docs/configure.md sets it up, says for a reader of a live paper.
PROXIED = {"Host": "gazette.example", "X-Forwarded-Proto": "https", "Origin": "https://gazette.example"}


@dataclass(frozen=True)
class Installed:
    """An environment of its own, without a source tree."""

    place: Path

    @property
    def environment(self) -> dict[str, str]:
        return {key: value for key, value in os.environ.items() if key not in UNWANTED}

    def run(self, *arguments: str, cwd: Path, command: str = "tamizdat") -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.place / "bin" / command, *arguments],
            cwd=cwd, env=self.environment | {"PORT": str(free_port())},
            capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120,
        )  # fmt: skip

    @contextmanager
    def serving(self, home: Path) -> Iterator[Reader]:
        """`tamizdat serve`, until SIGTERM: all of it ends, and nothing has gone wrong."""
        port = free_port()
        with (home / "serve.log").open("wb") as log:
            process = subprocess.Popen(
                [self.place / "bin" / "tamizdat", "serve"], cwd=home, env=self.environment | {"PORT": str(port)},
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            yield Reader(f"http://127.0.0.1:{port}")
            process.terminate()
            assert process.wait(30) == 0
            assert is_nobody_left(process.pid)
            said = (home / "serve.log").read_text("utf-8").splitlines()
            assert "(Ctrl-C stops it)" in said[0]
            assert [line for line in said[1:] if not line.startswith("The practice company stands at ")] == []
        finally:
            if not is_nobody_left(process.pid):
                os.killpg(process.pid, signal.SIGKILL)


class ThroughProxy(Reader):
    """A reader of a live paper: TLS ends at a proxy that the newsroom trusts."""

    def ask(self, method, path, body=None, headers=None):
        return super().ask(method, path, body, {**(headers or {}), **PROXIED})


def is_nobody_left(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def is_open(reader: Reader, path: str) -> bool:
    try:
        return reader.get(path).status == 200
    except OSError:
        return False


def lend_libraries(place: Path) -> None:
    """What requirements/run.txt locks is there as if installed, and no test tool: links cost no download."""
    packages = next(place.glob("lib/python*/site-packages"))
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements" / "run.txt").read_text("utf-8"), re.MULTILINE)
    for distribution in map(metadata.distribution, dict.fromkeys(locked)):
        for name in {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
            (packages / name).symlink_to(Path(str(distribution.locate_file(name))))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return next(folder.glob("tamizdat-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """pip finds every library that the wheel asks for, without an index; else it refuses."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, symlinks=True)
    lend_libraries(place)
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", place / "bin" / "python", "install", "--quiet", "--no-index", wheel],
        check=True, timeout=120, env=Installed(place).environment,
    )  # fmt: skip
    return Installed(place)


@pytest.fixture(scope="module")
def founded(installed, tmp_path_factory):
    """`tamizdat new paper` as a new user types it: what it said, and the folder."""

    def found(*options: str):
        around = tmp_path_factory.mktemp("around")
        made = installed.run("new", "paper", *options, cwd=around)
        assert (made.returncode, made.stderr) == (0, "")
        return made.stdout, around / "paper"

    return found


@pytest.fixture(scope="module")
def born_live(founded):
    return founded("--live", "--name", "The Gazette", "--address", "https://gazette.example",
                   "--email", "desk@gazette.example")  # fmt: skip


@pytest.fixture
def live(born_live, tmp_path):
    """A fresh copy of the live newsroom, and how to change a line of its configuration."""
    home = shutil.copytree(born_live[1], tmp_path / "paper")

    def mend(old: str, new: str) -> None:
        toml = home / "newsroom.toml"
        before = toml.read_text("utf-8")
        assert before.count(old) == 1
        toml.write_text(before.replace(old, new), "utf-8")

    return home, mend


def test_the_wheel_holds_what_the_product_is_made_of_and_nothing_else(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = [path.relative_to(ROOT) for path in (ROOT / "tamizdat").rglob("*") if path.is_file()]
    product = {str(path) for path in files if not {"tests", "__pycache__"} & set(path.parts)}
    assert names == product
    assert names >= SEEN_BY_READERS_AND_DESK


def test_the_wheel_carries_its_licence(wheel):
    with zipfile.ZipFile(wheel) as opened:
        (licence,) = (name for name in opened.namelist() if name.endswith(".dist-info/licenses/LICENSE"))
        assert opened.read(licence) == (ROOT / "LICENSE").read_bytes()


def test_it_is_the_wheel_that_runs_and_the_source_tree_is_out_of_reach(installed, tmp_path):
    asked = "import sys, tamizdat; print(tamizdat.__file__, *sys.path, sep='\\n')"
    product, *searched = installed.run("-c", asked, cwd=tmp_path, command="python").stdout.splitlines()
    assert Path(product).is_relative_to(installed.place)
    assert not [path for path in searched if Path(path).is_relative_to(ROOT)]
    for absent in ("tests", "pytest"):
        assert "No module named" in installed.run("-c", f"import {absent}", cwd=tmp_path, command="python").stderr


def test_it_says_the_version_of_the_wheel(installed, wheel, tmp_path):
    assert installed.run("version", cwd=tmp_path).stdout.strip() == wheel.name.split("-")[1]


def test_a_training_newsroom_is_made_served_and_stopped(installed, founded):
    said, home = founded("--training")
    password = re.search(r"Log in as admin with (\S+)", said)[1]
    with installed.serving(home) as reader:
        for path in ("/", "/support/", "/remind/", "/ticker.json", "/desk/login/"):
            wait_until(lambda path=path: is_open(reader, path), f"{path} to open", seconds=60)
        assert f"{reader.address}/support/" in reader.get("/").text
        given = reader.fill("/support/?cadence=once", amount="other", other="7", method="practice")
        assert given.status == 303
        company = urlsplit(given.headers["location"])
        assert "7.00 USD" in Reader(f"http://{company.netloc}").get(company.path).text
        assert reader.fill("/desk/login/", username="admin", password=password).status == 302
        desk = reader.get("/desk/")
        assert desk.status == 200
        static = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', desk.text))
        assert any("chart.umd.js" in path for path in static)
        assert {path: reader.get(path).status for path in static} == dict.fromkeys(static, 200)


def test_a_live_newsroom_is_told_how_to_go_on(born_live):
    said, home = born_live
    assert "live newsroom, for ever" in said
    assert f"cd {home} && tamizdat serve" in said
    assert "https://gazette.example/desk/" in said
    assert "newsroom.toml" in said


def test_a_live_newsroom_refuses_the_practice_company(installed, live):
    home, mend = live
    mend("providers = []", 'providers = ["practice"]')
    said = installed.run("serve", cwd=home)
    assert (said.returncode, said.stdout) == (2, "")
    assert len(said.stderr.splitlines()) == 1
    assert "newsroom.toml: [giving] providers names “practice”" in said.stderr
    assert "Take “practice” out" in said.stderr


def test_a_live_newsroom_without_a_method_asks_for_nothing_and_says_why(installed, live, born_live):
    home, mend = live
    mend("# trusted_proxies", "trusted_proxies")
    password = re.search(r"Log in as admin with (\S+)", born_live[0])[1]
    with installed.serving(home) as neighbour:
        reader = ThroughProxy(neighbour.address)
        for path in ("/", "/support/", "/desk/login/"):
            wait_until(lambda path=path: is_open(reader, path), f"{path} to open", seconds=60)
        assert "/support/" not in reader.get("/").text
        assert "Giving is not open yet" in reader.get("/support/").text
        assert reader.fill("/desk/login/", username="admin", password=password).status == 302
        desk = reader.get("/desk/").text
        assert "The paper asks for nothing." in desk
        assert "name one in newsroom.toml, [giving] providers" in desk


def test_a_live_newsroom_passes_the_deployment_checks_without_a_warning(installed, live):
    said = installed.run("check", "--deploy", "--fail-level", "WARNING", cwd=live[0])
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.strip() == "System check identified no issues (0 silenced)."
