"""Where a page lies on the disk and how one page leads to another."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Mapping


def file_name(path: str) -> str:
    """The file of a site path, below the site folder: "/news/" is "news/index.html"."""
    return path[1:] + "index.html" if path.endswith("/") else path[1:]


def relative(path: str, *, start: str) -> str:
    """How the page at site path `start` links to site path `path`, under any host name and any prefix."""
    target, slash = path.rstrip("/"), "/" if path.endswith("/") else ""
    folder = start if start.endswith("/") else posixpath.dirname(start)
    way = posixpath.relpath(target or "/", folder or "/")
    return "./" if way == "." and slash else way + slash


def manifest(files: Iterable[Mapping[str, object]], *, build: int) -> bytes:
    """The manifest of a build: each file's path, SHA-256, size and the build that wrote it."""
    listed = {
        file_name(str(file["path"])): {"sha256": file["digest"], "size": file["size"], "build": file["build"]}
        for file in files
    }
    return json.dumps({"build": build, "files": listed}, separators=(",", ":"), sort_keys=True).encode()
