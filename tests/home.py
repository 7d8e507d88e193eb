"""A temporary training newsroom, made before Django reads its settings (loaded by `-p tests.home`)."""

import os
import secrets
import tempfile
from pathlib import Path

NEWSROOM = """
[paper]
name = "The Test Gazette"
languages = ["en", "ru", "ar"]
time_zone = "Europe/Riga"
ad_free_since = 2024-07-01
banned_in = ["RU"]
contact = "desk@gazette.example"

[giving]
currency = "USD"
minimum = "2"
providers = ["practice"]
"""


def make_home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="tamizdat-test-"))
    (home / "newsroom.toml").write_text(NEWSROOM)
    for folder in ("keys", "data", "data/site", "data/media"):
        (home / folder).mkdir(exist_ok=True)
    for key in ("secret.key", "letters.key", "practice.key"):
        (home / "keys" / key).write_text(secrets.token_hex(32))
    return home


# Suites that run side by side (pytest -n) share no newsroom.
if not os.environ.get("TAMIZDAT_HOME") or os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["TAMIZDAT_HOME"] = str(make_home())
