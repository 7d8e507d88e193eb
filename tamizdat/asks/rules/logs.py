"""A line of a proxy's log: what it counts, or why it counts nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum

from tamizdat.asks.rules.counting import Counted, counted, is_bot

# A time in brackets as the common format has it, or an ISO time or day in front; then the request in quotation marks.
_LINE = re.compile(
    r'(?:[^\["]*\[(?P<common>[^\]]+)\]|(?P<iso>\d{4}-\d\d-\d\d\S*)) "(?P<request>(?:[^"\\]|\\.)*)"(?P<rest>.*)'
)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NOBODY = "-"


class Ignored(StrEnum):
    """Why a line counts nothing."""

    UNREADABLE = "not a line of a log"
    OTHER = "other requests"
    WRONG = "counts in no form of ours"
    BOT = "bots"
    UNKNOWN = "of sources that nobody knows"
    READ = "read before"


def logged(line: str) -> tuple[Counted, int] | Ignored:
    """What a line of the common, the combined or a reduced format (ISO time or day, "request") counts.

    A time without a zone is UTC. Bots are known where the line names the browser: in the second quotation after the
    request, or in the only one.
    """
    found = _LINE.match(line)
    day = _day(found["common"], found["iso"]) if found else None
    if not found or not day:
        return Ignored.UNREADABLE
    method, _, rest = found["request"].partition(" ")
    path = rest.rpartition(" ")[0]
    if method != "POST" or not path.startswith("/counts/"):
        return Ignored.OTHER
    said = counted(path, day=day)
    if not said:
        return Ignored.WRONG
    browsers = _QUOTED.findall(found["rest"])[:2]
    if browsers and is_bot(browsers[-1].removeprefix(_NOBODY)):
        return Ignored.BOT
    return said


def _day(common: str | None, iso: str | None) -> date | None:
    try:
        time = datetime.strptime(common, "%d/%b/%Y:%H:%M:%S %z") if common else datetime.fromisoformat(iso or "")
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC).date()
