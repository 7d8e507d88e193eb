"""What `tamizdat` says and which exit code it leaves."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tamizdat.cli import VERBS
from tamizdat.server import showing


def tamizdat(*arguments: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in {"PORT", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    return subprocess.run(
        [sys.executable, "-m", "tamizdat", *arguments],
        env={**clean, "TAMIZDAT_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"], []])
def test_help_lists_the_nine_verbs_anywhere(tmp_path, arguments):
    said = tamizdat(*arguments, home=tmp_path)
    assert said.returncode == 0
    assert len(VERBS) == 9
    assert all(any(line.split()[:1] == [verb] for line in said.stdout.splitlines()) for verb in VERBS)


def test_the_version_is_said_anywhere(tmp_path):
    said = tamizdat("version", home=tmp_path)
    assert (said.returncode, len(said.stdout.split())) == (0, 1)


@pytest.mark.parametrize("arguments", [["serve"], ["work"], ["doctor"], ["backup", "x"], ["bake"], ["web"]])
def test_without_a_newsroom_one_sentence_says_so(tmp_path, arguments):
    said = tamizdat(*arguments, home=tmp_path)
    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 1
    assert "There is no newsroom here" in said.stderr
    assert "tamizdat new" in said.stderr


def test_a_mistake_in_the_configuration_is_one_sentence(tmp_path):
    (tmp_path / "newsroom.toml").write_text('[paper]\nname = "X"\ncolour = "red"\n')
    said = tamizdat("serve", home=tmp_path)
    assert (said.returncode, said.stdout) == (2, "")
    assert "[paper] has no “colour”" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_newsroom_is_born_training_or_live_and_nothing_else(tmp_path):
    assert tamizdat("new", str(tmp_path / "paper"), home=tmp_path).returncode == 2
    assert tamizdat("new", str(tmp_path / "paper"), "--training", "--live", home=tmp_path).returncode == 2
    assert not (tmp_path / "paper").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    said = tamizdat("new", str(tmp_path), "--training", home=tmp_path)
    assert said.returncode == 2
    assert "is not empty" in said.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_founding_that_fails_leaves_nothing_behind(tmp_path):
    said = tamizdat("new", str(tmp_path / "paper"), "--training", "--address", "paper.example", home=tmp_path)
    assert said.returncode == 2
    assert "should look like https://paper.example" in said.stderr
    assert not (tmp_path / "paper").exists()
    (tmp_path / "empty").mkdir()
    tamizdat("new", str(tmp_path / "empty"), "--live", "--admin", "not a login!", home=tmp_path)
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_demo_that_is_being_served_is_not_made_anew_under_its_readers(tmp_path):
    data = tmp_path / "demo" / "data"
    data.mkdir(parents=True)
    (data / "demo-unfinished.txt").write_text("2026-06-01T00:00:00+03:00")
    with open(data / "serve.lock", "w") as held:
        held.write("4711")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        said = tamizdat("demo", str(tmp_path / "demo"), home=tmp_path)
    assert said.returncode == 2
    assert "already being served, by process 4711" in said.stderr
    assert (data / "demo-unfinished.txt").exists()


def test_a_demo_is_cleared_away_whole_or_not_at_all_when_that_is_killed(tmp_path, monkeypatch):
    data = tmp_path / "demo" / "data"
    data.mkdir(parents=True)
    (data / "demo-unfinished.txt").write_text("2026-06-01T00:00:00+03:00")
    (tmp_path / "demo" / "newsroom.toml").write_text("")

    def killed(folder, **_):
        rmtree(folder / "data", ignore_errors=True)
        raise KeyboardInterrupt

    rmtree = shutil.rmtree
    monkeypatch.setattr(shutil, "rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        showing.show(tmp_path / "demo")
    assert (data / "demo-unfinished.txt").exists() or not (tmp_path / "demo").exists()
