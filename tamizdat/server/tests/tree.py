"""A baked tree for one test, and what is answered from it."""

import json
import os
from pathlib import Path

from tamizdat.server.files import READ_AT_ONCE, Files, Manners
from tamizdat.server.messages import Answer, Request

PAGE = b"<!doctype html><title>The front page</title>"
MOVED = {"/old/": "/new/", "/away/": "https://elsewhere.example/x/", "/я/": "/ю/"}
OLD = 1_700_000_000
OLD_DATE = "Tue, 14 Nov 2023 22:13:20 GMT"
BEFORE = "Tue, 14 Nov 2023 22:13:19 GMT"


def plant(folder: Path) -> Path:
    """The tree below the folder, with something outside of it that nobody may see."""
    root = folder / "site"
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
    (folder / "outside.txt").write_text("outside")
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
