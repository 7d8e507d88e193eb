"""Copied while it is served, made again elsewhere, served again: the same paper, the same logins."""

import http.cookiejar
import os
import re
import stat
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.newsrooms import DATABASES, POSTGRESQL, Newsroom, founded, free_port, has_postgresql


@pytest.fixture(scope="module", params=DATABASES)
def served(request, tmp_path_factory):
    if request.param == "postgresql" and not has_postgresql():
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not on 127.0.0.1:5432")
        pytest.skip("no PostgreSQL on 127.0.0.1:5432")
    with founded(tmp_path_factory.mktemp("first"), request.param) as made:
        (made.home / "data" / "media" / "original_images").mkdir(exist_ok=True)
        (made.home / "data" / "media" / "original_images" / "boat.webp").write_bytes(b"RIFF")
        with made.serving():
            yield made


@contextmanager
def somewhere_else(served: Newsroom, home: Path) -> Iterator[Newsroom]:
    """A place for the same newsroom, with an empty database when it stands on PostgreSQL."""
    again = Newsroom(home, free_port())
    name = "again_" + served.database_url.rpartition("/")[2]
    if served.database_url:
        again.database_url = f"{POSTGRESQL}/{name}"
        psql(f"CREATE DATABASE {name}")
    try:
        yield again
    finally:
        if served.database_url:
            psql(f"DROP DATABASE {name} WITH (FORCE)")


def psql(sql: str) -> None:
    subprocess.run(["psql", "-q", f"{POSTGRESQL}/postgres", "-c", sql], check=True)


def log_in(newsroom: Newsroom, password: str) -> str:
    """The desk's first page as it looks after the login form has been sent."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    form = opener.open(newsroom.address + "/desk/login/", timeout=20).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    fields = {"csrfmiddlewaretoken": token, "username": "admin", "password": password, "next": "/desk/"}
    sent = opener.open(newsroom.address + "/desk/login/", urllib.parse.urlencode(fields).encode(), timeout=20)
    return sent.url


def test_a_backup_is_restored_elsewhere_and_serves(served, tmp_path):
    said = served.run("backup", str(tmp_path / "backup"), "--keys", str(tmp_path / "safe"))
    assert "Keys copied to" in said.stdout
    (backup,), (keys,) = (tmp_path / "backup").iterdir(), (tmp_path / "safe").iterdir()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    assert (backup / "media" / "original_images" / "boat.webp").exists()
    assert not list(backup.rglob("*.key"))

    with somewhere_else(served, tmp_path / "again") as again:
        said = again.run("restore", str(backup), "--keys", str(keys), str(again.home), check=False)
        assert said.returncode == 0, said.stderr
        with again.serving(opens="/about/"):
            assert log_in(again, served.password) == again.address + "/desk/"
            assert log_in(again, "another password").endswith("/desk/login/")
        refused = again.run("restore", str(backup), "--keys", str(keys), str(again.home), check=False)
        assert (refused.returncode, "is not empty" in refused.stderr) == (2, True)


@pytest.mark.parametrize("where", ["backup", "backup/keys", "."])
def test_keys_never_lie_with_the_backup(served, tmp_path, where):
    said = served.run("backup", str(tmp_path / "backup"), "--keys", str(tmp_path / where), check=False)
    assert said.returncode == 2
    assert "could open every sealed address" in said.stderr
    assert not (tmp_path / "backup").exists()


def test_without_its_keys_nothing_is_restored(served, tmp_path):
    served.run("backup", str(tmp_path / "backup"))
    (backup,) = (tmp_path / "backup").iterdir()
    said = served.run("restore", str(backup), "--keys", str(backup), str(tmp_path / "again"), check=False)
    assert said.returncode == 2
    assert "has no secret.key" in said.stderr
    assert not (tmp_path / "again").exists()


def test_half_a_backup_is_refused(served, tmp_path):
    said = served.run("restore", str(tmp_path), "--keys", str(tmp_path), str(tmp_path / "again"), check=False)
    assert (said.returncode, "is no whole backup" in said.stderr) == (2, True)
