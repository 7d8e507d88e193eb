"""`tamizdat serve`, nginx and Caddy are asked the same: status, headers and bytes of each answer agree."""

import pytest

from tests.newsrooms import status, wait_until
from tests.serving import questions
from tests.serving.questions import BROWSER, GALE, OLD, RUSSIAN, Answer, Question, ask

# Whose they are: the server's own name, the line's own matters, and the moment.
NOT_OURS = {"server", "date", "connection", "keep-alive", "transfer-encoding", "alt-svc", "via"}


def said(answer: Answer) -> dict[str, str]:
    """The headers that must agree."""
    return {name: value for name, value in answer.headers.items() if name not in NOT_OURS}


def differences(tamizdat, proxy, asked: list[Question]) -> list[str]:
    found = []
    for question in asked:
        ours, theirs = ask(tamizdat, question), ask(proxy, question)
        if (ours.status, said(ours), ours.body) != (theirs.status, said(theirs), theirs.body):
            unlike = dict(said(ours).items() ^ said(theirs).items())
            found.append(f"{question}: {ours.status}, {theirs.status} {unlike} {theirs.body[:80]!r}")
    return found


def test_every_kind_of_address(tamizdat, proxy, picture, upload):
    assert differences(tamizdat, proxy, questions.files(picture, upload)) == []


def test_odd_encodings_and_ways_out_of_the_tree(tamizdat, proxy):
    asked = [Question(path, headers=headers) for path in questions.ODD_PATHS for headers in ({}, BROWSER)]
    assert differences(tamizdat, proxy, asked) == []


def test_conditions(tamizdat, proxy):
    assert differences(tamizdat, proxy, questions.conditions()) == []


def test_parts(tamizdat, proxy, picture):
    assert differences(tamizdat, proxy, questions.parts(picture)) == []


def test_encodings(tamizdat, proxy, picture):
    assert differences(tamizdat, proxy, questions.encodings(picture)) == []


def test_methods(tamizdat, proxy):
    assert differences(tamizdat, proxy, questions.methods()) == []


def test_counting(tamizdat, proxy):
    assert differences(tamizdat, proxy, questions.counts()) == []
    answer = ask(proxy, Question("/counts/notice/plain/seen/10", "POST"))
    assert (answer.status, answer.body, answer.headers["cache-control"]) == (204, b"", "no-store")


def test_pages_that_act(tamizdat, proxy):
    """They carry tokens of their own; all else agrees."""
    for path in ("/support/", "/ru/support/?source=appeal/plain", "/remind/", "/desk/", "/desk/login/", "/support"):
        ours, theirs = ask(tamizdat, Question(path)), ask(proxy, Question(path))
        volatile = {"set-cookie", "content-length", "etag", "expires", "content-security-policy"}
        assert ours.status == theirs.status, path
        assert {k: v for k, v in said(ours).items() if k not in volatile} == {
            k: v for k, v in said(theirs).items() if k not in volatile
        }, path


def test_what_is_no_address_is_refused(tamizdat, proxy):
    for server in (tamizdat, proxy):
        for path in questions.NO_ADDRESSES:
            assert ask(server, Question(path)).status in (400, 404), (server.name, path)


@pytest.mark.parametrize("path", ["/", GALE, RUSSIAN, "/feed.xml"])
def test_every_encoding_of_a_page_has_a_tag_that_saves_sending_it_again(tamizdat, proxy, path):
    for server in (tamizdat, proxy):
        tags = set()
        for accepted in ("identity", "gzip", "br"):
            encoding = {"Accept-Encoding": accepted}
            first = ask(server, Question(path, headers=encoding))
            assert first.headers.get("content-encoding", "identity") == accepted
            again = ask(server, Question(path, headers={**encoding, "If-None-Match": first.headers["etag"]}))
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
            tags.add(first.headers["etag"])
        assert len(tags) == 3


def test_nothing_of_the_newsroom_is_given_away(tamizdat, proxy, gazette):
    secret = (gazette.home / "data" / "paper.sqlite3").read_bytes()[:16]
    kept = ["/paper.sqlite3", "/../newsroom.toml", "/../keys/secret.key", "/manifest.json", "/redirects.json"]
    for server in (tamizdat, proxy):
        for path in [*questions.ODD_PATHS, *kept]:
            answer = ask(server, Question(path))
            assert answer.status in (200, 301, 404), (server.name, path)
            assert secret not in answer.body and b"[paper]" not in answer.body
            assert answer.status != 200 or b"The Test Gazette" in answer.body, (server.name, path)


def test_a_proxy_reads_pages_from_the_disk(gazette, proxy, picture):
    """They stay readable while nobody else is there."""
    gazette.process.terminate()
    gazette.process.wait(20)
    try:
        for path in ("/", GALE, RUSSIAN, "/feed.xml", picture, "/static/wagtailadmin/css/core.css"):
            assert ask(proxy, Question(path, headers=BROWSER)).status == 200
        assert ask(proxy, Question(GALE, headers={"If-Modified-Since": OLD})).status == 200
        assert ask(proxy, Question("/nowhere/")).status == 502
    finally:
        gazette.process = gazette.start("serve")
        wait_until(lambda: status(gazette.address + "/") == 200, "the paper to be back", seconds=60)
