"""A tree of files over HTTP: small, right, and without Django. Reading touches nothing but the disk."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from tamizdat.server import conditions, pages
from tamizdat.server.messages import Answer, Header, Piece, Request

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ics": "text/calendar; charset=utf-8",
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
}
SUFFIXES = {"br": ".br", "gzip": ".gz", "": ""}
# What the bakery keeps beside the pages for itself; readers never see it.
PRIVATE = ("/manifest.json", "/manifests/", "/redirects.json")
# A page is read at once; whatever is larger is sent by the server's own threads, piece by piece.
READ_AT_ONCE = 256 * 1024
LONGEST_PATH = 1024
# U+FFFD stands where the address held bytes that are no text.
_NEVER_IN_A_NAME = re.compile(r"/[/.]|[\x00-\x1f\x7f\\\ufffd]")
SAFE_IN_LOCATION = "/:?#[]@!$&'()*+,;=~%"


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How one tree is served: how long a copy is good, and what is said with every file."""

    cache: str = "public, max-age=60"
    kept_for_ever: str = ""
    headers: tuple[Header, ...] = ()
    onion: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A file that has been found, in one of its encodings."""

    handle: int
    path: str
    encoding: str
    about: os.stat_result

    @property
    def modified(self) -> int:
        return int(self.about.st_mtime)

    @property
    def etag(self) -> str:
        """As nginx makes it, so that a reader who is sent from one server to the other keeps what they have."""
        return f'"{self.modified:x}-{self.about.st_size:x}"'

    def read(self, start: int, end: int) -> bytes | Piece:
        if end - start > READ_AT_ONCE:
            return Piece(self.path, start, end)
        return os.pread(self.handle, end - start, start)


class Files:
    """Answers GET and HEAD from one folder and never from outside it."""

    def __init__(self, root: Path, manners: Manners) -> None:
        self.root, self.manners = os.path.realpath(root), manners
        self.redirects = Redirects(Path(self.root, "redirects.json"))
        self._is_inside = lru_cache(maxsize=4096)(self._stays_inside)

    def answer(self, request: Request) -> Answer:
        """The file, a part of it or 304; a redirect; or 404. Never raises for a bad path."""
        if request.method not in ("GET", "HEAD"):
            return pages.answer(405, pages.plain(405), [("allow", "GET, HEAD"), *self.manners.headers])
        name = _name(request.path)
        answer = self._file(name, request) or self._elsewhere(name, request) or self._missing(request.path)
        return Answer(answer.status, answer.headers) if request.method == "HEAD" else answer

    def _file(self, name: str, request: Request) -> Answer | None:
        full = f"{self.root}/{name}"
        if not name or not self._is_inside(full.rpartition("/")[0]):
            return None
        for encoding in (*conditions.encodings(request.header("accept-encoding") or ""), ""):
            try:
                # A link as the last step could lead anywhere: refused by the system itself.
                handle = os.open(full + SUFFIXES[encoding], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            except OSError:
                continue
            try:
                opened = Opened(handle, full + SUFFIXES[encoding], encoding, os.fstat(handle))
                if stat.S_ISREG(opened.about.st_mode):
                    kind = TYPES.get(os.path.splitext(name)[1].lower(), "application/octet-stream")
                    return _chosen(opened, request, self._always(opened, request.path, kind), kind)
            finally:
                os.close(handle)
        return None

    def _stays_inside(self, folder: str) -> bool:
        real = os.path.realpath(folder)
        return real == self.root or real.startswith(self.root + "/")

    def _always(self, opened: Opened, path: str, kind: str) -> list[Header]:
        """What every answer about a file says, also that there is nothing new."""
        manners = self.manners
        is_kept = bool(manners.kept_for_ever) and path.startswith(manners.kept_for_ever)
        headers = [
            ("etag", opened.etag),
            ("last-modified", conditions.http_date(opened.modified)),
            ("cache-control", "public, max-age=31536000, immutable" if is_kept else manners.cache),
            ("vary", "Accept-Encoding"),
            *manners.headers,
        ]
        if manners.onion and kind.startswith("text/html"):
            headers.append(("onion-location", manners.onion + quote(path)))
        return headers

    def _elsewhere(self, name: str, request: Request) -> Answer | None:
        """A forgotten slash, or an address that has moved."""
        path = request.path
        is_folder = name and path[-1] != "/" and os.path.isfile(f"{self.root}/{name}/index.html")
        target = path + "/" if is_folder else self.redirects.get(path)
        if not target:
            return None
        location = quote(target, safe=SAFE_IN_LOCATION) + (f"?{request.query}" if request.query else "")
        headers = [("location", location), ("cache-control", self.manners.cache), ("content-length", "0")]
        return Answer(301, [*headers, *self.manners.headers])

    def _missing(self, path: str) -> Answer:
        """404 in the language of the path, on the paper's own page once that has been baked."""
        first = path.split("/")[1]
        language = first if first in self.manners.languages else ""
        for name in (f"{language}/404.html", "404.html"):
            with suppress(OSError):
                return pages.answer(404, Path(f"{self.root}/{name}").read_bytes(), self.manners.headers)
        return pages.answer(404, pages.plain(404, language), self.manners.headers)


def _name(path: str) -> str:
    """The file's name under the root, or nothing for a path that no file of ours may have."""
    if _NEVER_IN_A_NAME.search(path) or len(path) > LONGEST_PATH or path.startswith(PRIVATE):
        return ""
    return path[1:] + ("index.html" if path[-1] == "/" else "")


def _chosen(opened: Opened, request: Request, always: list[Header], kind: str) -> Answer:
    """Another edition than was asked for, nothing new, a part, or the whole file."""
    header, size = request.header, opened.about.st_size
    known = conditions.Edition(opened.etag, opened.modified)
    if conditions.is_another(known, match=header("if-match"), since=header("if-unmodified-since")):
        return Answer(412, [*always, ("content-length", "0")])
    if conditions.is_unchanged(known, none_match=header("if-none-match"), since=header("if-modified-since")):
        return Answer(304, always)
    wanted = header("range") if request.method == "GET" and not opened.encoding else None
    part = None
    if wanted and conditions.may_resume(known, if_range=header("if-range")):
        try:
            part = conditions.span(wanted, size)
        except conditions.Unsatisfiable:
            return Answer(416, [*always, ("content-range", f"bytes */{size}"), ("content-length", "0")])
    start, end = part or (0, size)
    # A compressed page is small and sent whole.
    packing = ("content-encoding", opened.encoding) if opened.encoding else ("accept-ranges", "bytes")
    headers = [*always, ("content-type", kind), packing, ("content-length", str(end - start))]
    if part:
        headers.append(("content-range", f"bytes {start}-{end - 1}/{size}"))
    return Answer(206 if part else 200, headers, opened.read(start, end))


class Redirects:
    """redirects.json of the baked tree, read again when it changes."""

    def __init__(self, path: Path) -> None:
        self.path, self.stamp = path, 0
        self.table: Mapping[str, str] = {}

    def get(self, path: str) -> str | None:
        """Where a path has moved to, with or without its last slash."""
        try:
            stamp = self.path.stat().st_mtime_ns
            if stamp != self.stamp:
                self.table, self.stamp = json.loads(self.path.read_bytes()), stamp
        except (OSError, ValueError):
            return None
        return self.table.get(path) or self.table.get(path.rstrip("/") if path[-1] == "/" else path + "/")
