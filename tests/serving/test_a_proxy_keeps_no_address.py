"""What stands on the disk after pages, errors and a server that is away: nobody's address, nobody's browser."""

from dataclasses import replace

import pytest

from tests.serving import proxies, questions
from tests.serving.questions import Question, ask

ADDRESS, BROWSER, LETTER = "127.0.0.77", "Somebody/7.0 (known by this)", b"email=reader@mail.example" * 200
PATHS = ["/", "/news", "/nowhere/", "/static/nowhere.css", "/support/", *questions.ODD_PATHS, *questions.NO_ADDRESSES]


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_no_reader_is_known_afterwards(name, gazette, tmp_path):
    away = replace(gazette, port=1)
    for paper, folder in ((gazette, tmp_path / "there"), (away, tmp_path / "away")):
        folder.mkdir()
        with proxies.STARTED[name](paper, folder) as proxy:
            statuses = {
                ask(proxy, Question(path, method, {"User-Agent": BROWSER}, body), source=ADDRESS).status
                for path in PATHS
                for method, body in (("GET", None), ("POST", LETTER))
            }
            assert (404 if paper is gazette else 502) in statuses
    for file in filter(lambda path: path.is_file(), tmp_path.rglob("*")):
        for known in (ADDRESS, BROWSER, "reader@mail.example"):
            assert known.encode() not in file.read_bytes(), file.name
