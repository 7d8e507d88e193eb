"""nginx writes counts down without asking `tamizdat serve`: days and names of asks, nobody's address."""

import re

from tamizdat.asks.rules.counting import BOTS
from tests.serving import proxies
from tests.serving.questions import Question, ask

ADDRESS, BROWSER = "127.0.0.77", "Somebody/7.0 (known by this)"
SEEN = "/counts/header/plain/seen/10"
NOT_COUNTED = [
    Question(SEEN, "POST", {"User-Agent": "Googlebot/2.1"}),
    Question(SEEN, "POST", {"User-Agent": BROWSER, "Sec-GPC": "1"}),
    Question(SEEN, "POST"),
    Question(f"{SEEN}?who=me", "POST", {"User-Agent": BROWSER}),
    Question(SEEN, "GET", {"User-Agent": BROWSER}),
]


def test_what_nginx_wrote_down_is_added_up_once(gazette, tmp_path):
    with proxies.nginx(gazette, tmp_path, is_logging_counts=True) as proxy:
        assert ask(proxy, Question("/")).status == 200
        for question in [Question(SEEN, "POST", {"User-Agent": BROWSER})] * 3 + NOT_COUNTED:
            assert ask(proxy, question, source=ADDRESS).status == 204
        forged = Question("/counts/header/nobody/seen/10", "POST", {"User-Agent": BROWSER})
        assert ask(proxy, forged, source=ADDRESS).status == 204
    log = tmp_path / "counts.log"
    assert all(
        re.fullmatch(r'\d{4}-\d\d-\d\d "POST /counts/\S+ HTTP/1\.1"', line) for line in log.read_text().splitlines()
    )
    before = seen(gazette)
    assert gazette.run("count_log", str(log)).stdout.startswith("3 of 4 lines counted.")
    assert gazette.run("count_log", str(log)).stdout.startswith("0 of 4 lines counted.")
    assert seen(gazette) - before == 30


def test_nginx_takes_the_same_for_bots():
    assert f"(?:(?<!cu){'|'.join(BOTS)})" in (proxies.DOCS / "nginx.conf").read_text("utf-8")


def seen(gazette) -> int:
    ((n,),) = gazette.rows("SELECT coalesce(sum(n), 0) FROM asks_tally WHERE source = 'header/plain'")
    return int(n)
