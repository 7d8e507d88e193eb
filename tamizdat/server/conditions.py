"""What a browser already has, and what part of a file it asks for (RFC 9110, sections 12 to 14)."""

from __future__ import annotations

import re
from datetime import UTC
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from typing import NamedTuple

OURS = ("br", "gzip")
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")


class Unsatisfiable(Exception):
    """The range begins beyond the end of the file."""


class Edition(NamedTuple):
    """What is known of a file as it stands today, in one of its encodings."""

    etag: str
    modified: int


@lru_cache(maxsize=512)
def encodings(accepted: str) -> tuple[str, ...]:
    """Which of our encodings an Accept-Encoding allows, the best first; brotli before gzip at the same q."""
    wanted = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        wanted[name.strip()] = _quality(parameter)
    scores = {name: wanted.get(name, wanted.get("*", 0.0)) for name in OURS}
    return tuple(sorted((name for name in OURS if scores[name] > 0), key=lambda name: -scores[name]))


def _quality(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def is_unchanged(edition: Edition, *, none_match: str | None, since: str | None) -> bool:
    """Whether 304 is the answer. If-None-Match wins over If-Modified-Since; it compares weakly."""
    if none_match is not None:
        tags = [tag.strip().removeprefix("W/") for tag in none_match.split(",")]
        return edition.etag in tags or tags == ["*"]
    moment = _moment(since)
    return moment is not None and edition.modified <= moment


def is_another(edition: Edition, *, match: str | None, since: str | None) -> bool:
    """Whether 412 is the answer. If-Match wins over If-Unmodified-Since; it compares strongly."""
    if match is not None:
        tags = [tag.strip() for tag in match.split(",")]
        return edition.etag not in tags and tags != ["*"]
    moment = _moment(since)
    return moment is not None and edition.modified > moment


def may_resume(edition: Edition, *, if_range: str | None) -> bool:
    """Whether a Range still speaks of this very file: If-Range compares strongly, by tag or by exact date."""
    if not if_range:
        return True
    return if_range == edition.etag if if_range.startswith(('"', "W/")) else _moment(if_range) == edition.modified


def span(asked: str, size: int) -> tuple[int, int] | None:
    """The half-open part of the file that a Range names; None when it is not one single readable range."""
    found = _RANGE.match(asked.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= size or start >= end:
        raise Unsatisfiable
    return start, end


@lru_cache(maxsize=4096)
def http_date(modified: int) -> str:
    return formatdate(modified, usegmt=True)


def _moment(text: str | None) -> int | None:
    """Seconds since 1970, or None when the date cannot be read: a bad condition is no condition."""
    if not text:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError, TypeError):
        return None
