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
from tests.sides.stripe import KEY, SECRET


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
    (folder / "stripe.toml").write_text(f'key = "{KEY}"\nwebhook_secret = "{SECRET}"\naddress = "{company.address}"\n')
    return company
