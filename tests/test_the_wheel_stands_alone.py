"""The wheel, installed where no source tree is, is the whole product."""

import os
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from tests.newsrooms import free_port, status, wait_until

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return next(folder.glob("tamizdat-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The console command in an environment of its own; only the libraries are shared with this one."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, symlinks=True)
    packages = next(place.glob("lib/python*/site-packages"))
    # A path named here is searched, but what its own .pth files name is not: our source tree stays unknown.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(place / "bin" / "python"), "install", "--quiet",
         "--no-deps", "--no-index", str(wheel)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return place / "bin"


@pytest.fixture
def run(installed, tmp_path):
    unwanted = {"TAMIZDAT_HOME", "PORT", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH"}
    clean = {key: value for key, value in os.environ.items() if key not in unwanted}

    def call(*arguments, cwd=tmp_path, command="tamizdat", **environment):
        return subprocess.run(
            [str(installed / command), *arguments],
            cwd=cwd, env={**clean, **environment}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    call.environment = clean
    return call


def test_the_wheel_has_all_that_readers_and_desk_see_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "tamizdat/reader/templates/article.html",
        "tamizdat/reader/style.css",
        "tamizdat/locale/ar/LC_MESSAGES/django.mo",
        "tamizdat/server/newsroom.toml.in",
    ):
        assert needed in names
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert not [name for name in names if "/tests/" in name or name.startswith("tests/")]


def test_it_is_the_wheel_that_runs(run, installed):
    said = run("-c", "import tamizdat; print(tamizdat.__file__)", command="python").stdout
    assert Path(said.strip()).is_relative_to(installed.parent)


def test_a_training_newsroom_is_made_and_served(run, installed, tmp_path):
    port = free_port()
    made = run("new", "paper", "--training", PORT=str(port))
    assert made.returncode == 0, made.stderr
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(installed / "tamizdat"), "serve"],
            cwd=tmp_path / "paper", env={**run.environment, "PORT": str(port)}, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        for path in ("/", "/support/", "/remind/", "/desk/login/", "/ticker.json"):
            wait_until(lambda path=path: status(address + path) == 200, f"{path} to open", seconds=60)
        desk = urllib.request.urlopen(address + "/desk/login/").read().decode()
        style = next(part for part in desk.split('"') if part.startswith("/static/") and ".css" in part)
        assert status(address + style) == 200
    finally:
        process.terminate()
        assert process.wait(20) == 0, (tmp_path / "log").read_text()
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.fixture
def live(run, tmp_path):
    """A live newsroom as a new user makes it, on a port of its own."""
    made = run("new", "paper", "--live", "--name", "The Gazette", "--address", "https://gazette.example",
               "--email", "desk@gazette.example", PORT=str(free_port()))  # fmt: skip
    assert made.returncode == 0, made.stderr
    assert "live newsroom, for ever" in made.stdout
    return tmp_path / "paper"


def test_a_live_newsroom_refuses_the_practice_company(run, live):
    toml = live / "newsroom.toml"
    toml.write_text(toml.read_text("utf-8").replace("providers = []", 'providers = ["practice"]'), "utf-8")
    said = run("serve", cwd=live)
    assert (said.returncode, said.stdout) == (2, "")
    assert "[giving] providers" in said.stderr and "Take “practice” out" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_live_newsroom_passes_the_deployment_checks_without_a_warning(run, live):
    said = run("check", "--deploy", cwd=live)
    assert (said.returncode, said.stderr) == (0, "")
    assert "System check identified no issues (0 silenced)." in said.stdout
