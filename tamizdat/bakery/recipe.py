"""What every page is made with: when it changes, the whole paper is baked again."""

import functools
import hashlib
import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings

from tamizdat.newsroom.queries import kind

READER = Path(__file__).parents[1] / "reader"


def digest() -> str:
    """SHA-256 over the version, the templates, style, scripts, catalogues, and what settings say of the paper."""
    said = repr((_version(), settings.NEWSROOM.paper, settings.NEWSROOM.giving, kind().value))
    return hashlib.sha256((said + _files()).encode()).hexdigest()


def as_json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True).encode() + b"\n"


def _version() -> str:
    try:
        return version("tamizdat")
    except PackageNotFoundError:
        return "checkout"


@functools.cache
def _files() -> str:
    digest = hashlib.sha256()
    for folder in (READER, READER.with_name("locale")):
        for file in sorted(folder.rglob("*")):
            if file.suffix in {".html", ".xml", ".txt", ".css", ".js", ".json", ".mo"}:
                digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
