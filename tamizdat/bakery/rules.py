"""Where a page lies on the disk, the way from a page back to the top of the paper, and what a manifest says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

MANIFEST = "/manifest.json"
# A manifest is divided by the first byte of the digest of a path, so that one edit rewrites a few small parts.
PARTS = 256


def file_name(path: str) -> str:
    """The file of a site path, below the site folder: "/news/" is "news/index.html"."""
    return path[1:] + "index.html" if path.endswith("/") else path[1:]


def way_up(path: str) -> str:
    """From the page at a site path to the top: "../../" from "/news/storm/".

    Links begin with it, so that they hold under any host name and any prefix, and are alike on all pages of
    the same depth.
    """
    return "../" * (path.count("/") - 1) or "./"


def part_of(path: str) -> int:
    """The part of the manifest that names a site path."""
    return hashlib.sha256(path.encode()).digest()[0] % PARTS


def part_path(part: int) -> str:
    return f"/manifests/{part:02x}.json"


def manifest_part(files: Iterable[Mapping[str, object]]) -> bytes:
    """A part of the manifest: each file's SHA-256, size and the build that wrote it, by name."""
    listed = {
        file_name(str(file["path"])): {"sha256": file["digest"], "size": file["size"], "build": file["build"]}
        for file in files
    }
    return _json({"files": listed})


def manifest(parts: Mapping[str, str], *, build: int) -> bytes:
    """The manifest of a build: SHA-256 of each part, by name."""
    return _json({"build": build, "parts": dict(parts)})


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


class Baked(NamedTuple):
    """A file as it stands now; without a digest it stands no longer. `is_new`: this bake made it so."""

    path: str
    digest: str
    size: int
    is_new: bool
