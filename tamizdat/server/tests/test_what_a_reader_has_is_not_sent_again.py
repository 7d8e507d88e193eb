"""Conditions and parts: 304, 412, 206, 416."""

import pytest

from tamizdat.server.tests.tree import BEFORE, OLD_DATE, PAGE, ask, head


@pytest.mark.parametrize(
    ("conditions", "status"),
    [
        ({"if_none_match": "TAG"}, 304),
        ({"if_none_match": "W/TAG"}, 304),
        ({"if_none_match": '"x", TAG , "y"'}, 304),
        ({"if_none_match": "*"}, 304),
        ({"if_none_match": '"x"'}, 200),
        ({"if_none_match": '"x"', "if_modified_since": OLD_DATE}, 200),
        ({"if_modified_since": OLD_DATE}, 304),
        ({"if_modified_since": BEFORE}, 200),
        ({"if_modified_since": "yesterday"}, 200),
        ({"if_modified_since": ""}, 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_the_browser_has_is_not_sent_again(site, conditions, status, method):
    tag = head(ask(site, "/"))["etag"]
    answer = ask(site, "/", method, **{name: value.replace("TAG", tag) for name, value in conditions.items()})
    assert answer.status == status
    assert head(answer)["etag"] == tag
    if status == 304:
        assert answer.body == b""
        assert {"vary", "cache-control", "last-modified"} <= head(answer).keys()
        assert "content-length" not in head(answer)


@pytest.mark.parametrize(
    ("conditions", "status"),
    [
        ({"if_match": "TAG"}, 200),
        ({"if_match": '"x", TAG'}, 200),
        ({"if_match": "*"}, 200),
        ({"if_match": "W/TAG"}, 412),
        ({"if_match": '"x"'}, 412),
        ({"if_match": "TAG", "if_unmodified_since": BEFORE}, 200),
        ({"if_match": '"x"', "if_none_match": "TAG"}, 412),
        ({"if_unmodified_since": OLD_DATE}, 200),
        ({"if_unmodified_since": BEFORE}, 412),
        ({"if_unmodified_since": "yesterday"}, 200),
    ],
)
def test_another_edition_than_was_meant_is_not_sent(site, conditions, status):
    tag = head(ask(site, "/"))["etag"]
    answer = ask(site, "/", **{name: value.replace("TAG", tag) for name, value in conditions.items()})
    assert answer.status == status
    assert status == 200 or answer.body == b""


def test_what_is_compressed_is_sent_whole(site):
    answer = ask(site, "/", accept_encoding="br", range="bytes=0-1")
    assert (answer.status, answer.body) == (200, b"as brotli")
    assert "accept-ranges" not in head(answer)
    assert head(ask(site, "/"))["accept-ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-0", 206, (0, 1)),
        ("bytes=5-8", 206, (5, 9)),
        ("bytes=40-", 206, (40, 44)),
        ("bytes=-4", 206, (40, 44)),
        ("bytes=-400", 206, (0, 44)),
        ("bytes=5-400", 206, (5, 44)),
        ("bytes=44-", 416, (0, 0)),
        ("bytes=-0", 416, (0, 0)),
        ("bytes=999999999999999999-", 416, (0, 0)),
        ("bytes=8-5", 200, (0, 44)),
        ("bytes=0-1,4-5", 200, (0, 44)),
        ("bytes=-", 200, (0, 44)),
        ("bytes=a-b", 200, (0, 44)),
        ("lines=0-1", 200, (0, 44)),
    ],
)
def test_a_part_is_sent_when_one_readable_part_is_asked_for(site, asked, status, part):
    start, end = part
    answer = ask(site, "/", range=asked)
    assert answer.status == status
    assert answer.body == PAGE[start:end]
    if status == 206:
        assert head(answer)["content-range"] == f"bytes {start}-{end - 1}/44"
        assert head(answer)["content-length"] == str(end - start)
    if status == 416:
        assert head(answer)["content-range"] == "bytes */44"


@pytest.mark.parametrize(
    ("if_range", "status"),
    [("TAG", 206), ("W/TAG", 200), ('"x"', 200), (OLD_DATE, 206), (BEFORE, 200), ("yesterday", 200)],
)
def test_a_part_of_another_edition_is_never_sent(site, if_range, status):
    tag = head(ask(site, "/"))["etag"]
    assert ask(site, "/", range="bytes=0-3", if_range=if_range.replace("TAG", tag)).status == status
