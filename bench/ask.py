"""How long until readers see a changed ask where most of them are, and does an editor wait for the rest?

    python -m bench.ask --quick

An ask is changed, stopped and silenced in a newsroom that serves an archive; the time is that from the change to the
last file of the front pages and the newest articles that says so. The rest of the paper follows in the background;
meanwhile an editor corrects articles, and the time is that from Publish to the new file.
"""

from __future__ import annotations

import json
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from bench import archive
from bench.edit import BAKE, LOGIN, PATIENCE_SECONDS, PAUSE_SECONDS, TMPFS, correct
from bench.measuring import idle, is_quick, publish
from tests.newsrooms import UNFINISHED, Newsroom
from tests.wire import Reader

QUESTION = "Of the 10 s promised until a changed ask stands where most readers are, how many are taken?"
GOAL_SECONDS, QUICK, FULL, EDITS = 10, 400, 10_000, 200
WRITE = """
import json
from tamizdat.articles import queries
from tamizdat.asks.models import Ask
from tamizdat.asks.tests.published import wording
ask = Ask(name="Winter", key="winter", placement="notice", wordings=[wording("warm")], live=False)
ask.save()
ask.save_revision().publish()
print(json.dumps(sorted(queries.paths_read_first())))
"""
CHANGE = """
import time
from tamizdat.asks.models import Ask
ask = Ask.objects.get(key="winter").get_latest_revision_as_object()
ask.wordings[0].value["texts"][0]["heading"] = "{mark}"
revision = ask.save_revision()
began = time.time()
revision.publish()
print(began)
"""
STOP = "import time; from tamizdat.asks.models import Ask; began = time.time(); " + (
    "Ask.objects.get(key='winter').unpublish(); print(began)"
)
SILENCE = """
import time
from tamizdat.asks import actions
from tamizdat.newsroom import queries
from django.contrib.auth.models import User
somebody, _ = User.objects.get_or_create(username="somebody")
began = time.time()
actions.be_silent(placement="notice", first=queries.today(), last=None, why="bench", by=somebody)
print(began)
"""


def reached(newsroom: Newsroom, paths: list[str], is_so: Callable[[bytes], bool], code: str) -> float:
    """Seconds from a change to the last of the files that shows it."""
    left = {newsroom.home / "data" / "site" / path.lstrip("/") / "index.html" for path in paths}
    began = float(newsroom.shell(code))
    while left and time.time() < began + PATIENCE_SECONDS:
        left = {file for file in left if not is_so(file.read_bytes())}
        time.sleep(0.02)
    if left:
        raise AssertionError(f"{len(left)} files have not followed in {PATIENCE_SECONDS} s")
    return round(time.time() - began, 2)


def corrections(newsroom: Newsroom, edits: int) -> Iterator[float]:
    """An editor corrects articles for as long as the background has something to do."""
    password = secrets.token_hex(8)
    call = f"desk.corrections({edits}, login={LOGIN!r}, password={password!r})"
    forms = json.loads(newsroom.shell(f"from bench.inside import desk; print({call})"))
    editor = Reader(newsroom.address)
    editor.fill("/desk/login/", username=LOGIN, password=password, next="/desk/")
    newsroom.shell(CHANGE.format(mark="Background"))
    for page, path, form in forms:
        if not newsroom.rows(f"SELECT 1 FROM bakery_touch UNION ALL {UNFINISHED}"):
            return
        body = urlencode([("csrfmiddlewaretoken", editor.cookies["csrftoken"]), *form]).encode()
        file = newsroom.home / "data" / "site" / path.lstrip("/") / "index.html"
        yield correct(editor, page, body, file)[1]
        time.sleep(PAUSE_SECONDS)


def main() -> None:
    quick = is_quick(QUESTION)
    articles = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(dir=TMPFS) as folder, archive.made(Path(folder) / "paper", articles) as newsroom:
        archive.inside(newsroom, BAKE)
        with newsroom.serving():
            paths = json.loads(newsroom.shell(WRITE))
            newsroom.wait_until_idle()
            before = idle()
            changed = [
                reached(newsroom, paths, lambda page, n=n: f"Changed{n}".encode() in page,
                        CHANGE.format(mark=f"Changed{n}"))
                for n in range(3)
            ]  # fmt: skip
            silenced = reached(newsroom, paths, lambda page: b"notice/winter" not in page, SILENCE)
            newsroom.shell("from tamizdat.asks.models import Silence; Silence.objects.all().delete()")
            newsroom.shell(CHANGE.format(mark="Again"))
            newsroom.wait_until_idle()
            beside = list(corrections(newsroom, EDITS))
            newsroom.wait_until_idle()
            stopped = reached(newsroom, paths, lambda page: b"notice/winter" not in page, STOP)
            newsroom.wait_until_idle()  # the folder goes, and the rest of the paper still follows
    slowest = max(*changed, silenced, stopped)
    publish("ask", {
        "question": QUESTION,
        "product": slowest,
        "peer": GOAL_SECONDS,
        "ratio": round(slowest / GOAL_SECONDS, 3),
        "better": "lower",
        "detail": {
            "articles": articles,
            "pages": len(paths),
            "changed": changed,
            "silenced": silenced,
            "stopped": stopped,
            "corrections_beside": {
                "n": len(beside),
                "p50": round(median(beside), 3) if beside else None,
                "p95": round(quantiles(beside, n=20)[18], 3) if len(beside) > 1 else None,
            },
            "idle_before": before,
        },
    })  # fmt: skip


if __name__ == "__main__":
    main()
