"""One tree, many requests: status, headers and bytes of each."""

import os

import pytest

from tamizdat.server.files import READ_AT_ONCE, Files, Manners
from tamizdat.server.messages import Piece, Request
from tamizdat.server.tests.tree import OLD, OLD_DATE, PAGE, ask, head


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
