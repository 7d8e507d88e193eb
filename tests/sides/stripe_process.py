"""The make-believe Stripe in its own process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tamizdat.sandbox.stripe.client import Client
from tests.newsrooms import Newsroom, founded
from tests.sides.stripe import KEY, SECRET, account


@dataclass(frozen=True)
class Company:
    client: Client
    process: subprocess.Popen
    folder: Path

    @property
    def address(self) -> str:
        return self.client.address


@contextmanager
def stripe_company(*, events_to: str = "", seed: int | None = None) -> Iterator[Company]:
    """A company on a free port, calm unless `seed` makes its events late and double."""
    with tempfile.TemporaryDirectory() as folder:
        how = ["--seed", str(seed)] if seed is not None else []
        company = open_company(Path(folder), ["--events-to", events_to, *how])
        try:
            yield company
        finally:
            close(company)


@contextmanager
def newsroom_with_stripe(folder: Path) -> Iterator[tuple[Newsroom, Company]]:
    """A training newsroom whose readers pay at a Stripe of its own; both are served."""
    with founded(folder) as newsroom:
        switch_on(newsroom)
        (folder / "stripe").mkdir()
        company = open_company(folder / "stripe", ["--events-to", f"{newsroom.address}/events/stripe/"])
        keys(newsroom, (company.folder / "stripe.toml").read_text())
        try:
            with newsroom.serving():
                yield newsroom, company
        finally:
            close(company)


def switch_on(newsroom: Newsroom) -> None:
    """Stripe, and nothing else, is how one pays."""
    toml = newsroom.home / "newsroom.toml"
    said = toml.read_text("utf-8").replace('providers = ["practice", "offline"]', 'providers = ["stripe"]')
    toml.write_text(said, "utf-8")


def keys(newsroom: Newsroom, said: str) -> None:
    """Write keys/stripe.toml, for nobody else to read."""
    file = newsroom.home / "keys" / "stripe.toml"
    file.touch(0o600)
    file.write_text(said)


def close(company: Company) -> None:
    company.process.terminate()
    company.process.wait(10)
    company.process.stdout.close()


def open_company(folder: Path, options: list[str], port: int = 0) -> Company:
    """Start it over the file in `folder` and wait until it stands; its keys lie there too."""
    where = ["--port", str(port), "--database", str(folder / "stripe.sqlite3"), "--key", KEY, "--secret", SECRET]
    process = subprocess.Popen(
        [sys.executable, "-m", "tamizdat.sandbox.stripe", *where, *options], stdout=subprocess.PIPE, text=True
    )
    line = process.stdout.readline()
    assert "stands at" in line, "the company did not open"
    company = Company(Client(line.rsplit(" ", 1)[1].strip()), process, folder)
    (folder / "stripe.toml").write_text(account(company.address))
    return company
