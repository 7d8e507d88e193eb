"""One tree, many requests: status, headers and bytes of each."""

import json
import os
from pathlib import Path

import pytest

from tamizdat.server.files import READ_AT_ONCE, Files, Manners
from tamizdat.server.messages import Answer, Piece, Request

PAGE = b"<!doctype html><title>The front page</title>"
MOVED = {"/old/": "/new/", "/away/": "https://elsewhere.example/x/", "/я/": "/ю/"}
OLD = 1_700_000_000
OLD_DATE = "Tue, 14 Nov 2023 22:13:20 GMT"
BEFORE = "Tue, 14 Nov 2023 22:13:19 GMT"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for name, body in {
        "index.html": PAGE,
        "index.html.br": b"as brotli",
        "index.html.gz": b"as gzip",
        "plain/index.html": b"only plain",
        "feed.xml": b"<feed/>",
        "pictures/boat.webp": b"RIFF",
        "large.pdf": b"x" * (READ_AT_ONCE + 1),
        "404.html": b"not here",
        "ru/404.html": b"net",
        "manifest.json": b"{}",
        "manifests/7.json": b"{}",
        "redirects.json": json.dumps(MOVED).encode(),
        ".secret": b"key",
        "folder/.git/config": b"key",
        "empty/other.txt": b"",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(body)
        os.utime(root / name, (OLD, OLD))
    (tmp_path / "outside.txt").write_text("outside")
    return root


def ask(site: Path, path: str, method: str = "GET", query: str = "", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    manners = Manners(
        kept_for_ever="/pictures/",
        headers=(("x-content-type-options", "nosniff"),),
        onion="http://abc.onion",
        languages=("en", "ru"),
    )
    return Files(site, manners).answer(Request(method, path, query, named.get))


def head(answer: Answer) -> dict[str, str]:
    assert len({name for name, _ in answer.headers}) == len(answer.headers)
    return dict(answer.headers)


@pytest.mark.parametrize(
    ("accepted", "encoding", "body"),
    [
        ("", None, PAGE),
        ("gzip", "gzip", b"as gzip"),
        ("gzip, deflate, br, zstd", "br", b"as brotli"),
        ("GZIP;q=0.5, br;q=0.5", "br", b"as brotli"),
        ("br;q=0.1, gzip;q=0.9", "gzip", b"as gzip"),
        ("br;q=0, gzip", "gzip", b"as gzip"),
        ("*", "br", b"as brotli"),
        ("*;q=0", None, PAGE),
        ("br;q=0, *", "gzip", b"as gzip"),
        ("identity, br; q=0.000, gzip;q=0", None, PAGE),
        ("br;q=nonsense", None, PAGE),
    ],
)
def test_the_encoding_is_the_best_that_the_browser_allows(site, accepted, encoding, body):
    answer = ask(site, "/", accept_encoding=accepted)
    assert (answer.status, answer.body) == (200, body)
    assert head(answer).get("content-encoding") == encoding
    assert head(answer)["vary"] == "Accept-Encoding"
    assert head(answer)["content-length"] == str(len(body))


def test_a_file_that_was_never_compressed_is_sent_as_it_is(site):
    answer = ask(site, "/plain/", accept_encoding="br, gzip")
    assert answer.body == b"only plain"
    assert "content-encoding" not in head(answer)
    assert head(answer)["vary"] == "Accept-Encoding"


def test_every_encoding_has_a_tag_of_its_own(site):
    """Made of date and size, as nginx makes it."""
    tags = {head(ask(site, "/", accept_encoding=a))["etag"] for a in ("", "gzip", "br")}
    assert len(tags) == 3
    assert f'"{OLD:x}-{len(PAGE):x}"' in tags


@pytest.mark.parametrize(
    ("path", "kind", "cache"),
    [
        ("/", "text/html; charset=utf-8", "public, max-age=60"),
        ("/feed.xml", "application/xml; charset=utf-8", "public, max-age=60"),
        ("/pictures/boat.webp", "image/webp", "public, max-age=31536000, immutable"),
    ],
)
def test_type_and_cache_follow_from_the_path(site, path, kind, cache):
    headers = head(ask(site, path))
    assert (headers["content-type"], headers["cache-control"]) == (kind, cache)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["last-modified"] == OLD_DATE


def test_only_pages_name_their_onion_address(site):
    assert head(ask(site, "/plain/"))["onion-location"] == "http://abc.onion/plain/"
    assert "onion-location" not in head(ask(site, "/feed.xml"))


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


def test_head_is_get_without_its_body(site):
    for path in ("/", "/feed.xml", "/nowhere/", "/large.pdf"):
        get, answer = ask(site, path), ask(site, path, "HEAD", range="bytes=0-1")
        assert (answer.status, answer.headers, answer.body) == (get.status, get.headers, b"")


def test_a_large_file_is_sent_from_the_disk(site):
    answer = ask(site, "/large.pdf")
    assert answer.body == Piece(str(site / "large.pdf"), 0, READ_AT_ONCE + 1)
    assert ask(site, "/large.pdf", range="bytes=1-3").body == b"xxx"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get"])
def test_files_are_only_read(site, method):
    answer = ask(site, "/", method)
    assert (answer.status, head(answer)["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/plain", "", "/plain/"),
        ("/plain", "a=1", "/plain/?a=1"),
        ("/old/", "", "/new/"),
        ("/old", "", "/new/"),
        ("/away/", "", "https://elsewhere.example/x/"),
        ("/я/", "", "/%D1%8E/"),
    ],
)
def test_a_moved_address_leads_to_the_new_one(site, path, query, location):
    answer = ask(site, path, query=query)
    assert (answer.status, head(answer)["location"]) == (301, location)


def test_redirects_are_read_again_when_they_change(site):
    files = Files(site, Manners())
    moved = Request("GET", "/moved/", "", {}.get)
    assert files.answer(moved).status == 404
    (site / "redirects.json").write_text('{"/moved/": "/here/"}')
    assert files.answer(moved).status == 301
    (site / "redirects.json").write_text("{broken")
    assert files.answer(moved).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/../outside.txt",
        "/plain/../../outside.txt",
        "/plain/..",
        "/./index.html",
        "//index.html",
        "/plain//index.html",
        "//evil.example/",
        "/plain/\x00",
        "/index.html\x00.txt",
        "/..\\outside.txt",
        "/plain\\index.html",
        "/%2e%2e/outside.txt",
        "/\ufffd",
        "/a\r\nset-cookie: x",
        "/.secret",
        "/folder/.git/config",
        "/manifest.json",
        "/redirects.json",
        "/manifest.json.br",
        "/manifests/7.json",
        "/empty/",
        "/empty",
        "/index.html/",
        "/" + "a" * 5000,
        "/" + "a/" * 400,
        "/" + "й" * 300,
    ],
)
def test_what_is_not_ours_to_give_is_not_there(site, path):
    answer = ask(site, path)
    assert (answer.status, answer.body) == (404, b"not here")


def test_no_link_leads_out_of_the_tree(site, tmp_path):
    (site / "link.txt").symlink_to(tmp_path / "outside.txt")
    (site / "up").symlink_to(tmp_path)
    assert ask(site, "/link.txt").status == 404
    assert ask(site, "/up/outside.txt").status == 404


def test_a_pipe_or_a_folder_is_no_file(site):
    os.mkfifo(site / "pipe")
    assert ask(site, "/pipe").status == 404
    assert ask(site, "/pictures").status == 404


def test_the_missing_page_speaks_the_language_of_the_path(site):
    assert ask(site, "/ru/nowhere/").body == b"net"
    assert ask(site, "/en/nowhere/").body == b"not here"
    (site / "404.html").unlink()
    assert b"There is no such page" in ask(site, "/nowhere/").body
