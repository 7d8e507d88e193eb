"""Sums of what pages counted: as the web process tells them, or from a proxy's log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from tamizdat.asks.models import ReadLog, Tally
from tamizdat.asks.queries import sources
from tamizdat.asks.rules.counting import Counted
from tamizdat.asks.rules.logs import Ignored, logged


@dataclass
class Reading:
    """What a log said: the sums, and how many of its lines were ignored, by reason."""

    lines: int = 0
    sums: Counter[Counted] = field(default_factory=Counter)
    ignored: Counter[Ignored] = field(default_factory=Counter)


@transaction.atomic
def add_counts(counts: Mapping[Counted, int]) -> None:
    """Add to the sums that are kept, whoever else does so now; all of them or, when this raises, none.

    Sources that nobody knows are dropped, so that forged names cannot fill the database.
    """
    known = sources()
    # In one order everywhere, so that two who add at once never wait for each other in a circle.
    kept = sorted((one for one in counts if one.source in known), key=lambda one: (one.day, one.source, one.event))
    rows = [Tally(day=one.day, source=one.source, event=one.event) for one in kept]
    Tally.objects.bulk_create(rows, ignore_conflicts=True)
    for one in kept:
        Tally.objects.filter(day=one.day, source=one.source, event=one.event).update(n=F("n") + counts[one])


def read_log(lines: Iterable[bytes]) -> Reading:
    """Add up what a log says and has not said before. Lines keep their ends; one without is still being written.

    A log is known again by its beginning, whatever it is called now: what was read once is passed over. Raises
    IntegrityError, and adds nothing, when somebody else has read the same at the same time.
    """
    read = set(ReadLog.objects.values_list("length", "digest"))
    lengths, known = {length for length, _ in read}, sources()
    reading, length, digest = Reading(), 0, sha256()
    for line in lines:
        if not line.endswith(b"\n"):
            break
        length += len(line)
        digest.update(line)
        _note(reading, line.decode("utf-8", "replace"), known)
        if length in lengths and (length, digest.hexdigest()) in read:
            reading = Reading(reading.lines, ignored=Counter({Ignored.READ: reading.lines}))
    if length and (length, digest.hexdigest()) not in read:
        with transaction.atomic():
            ReadLog.objects.create(length=length, digest=digest.hexdigest())
            add_counts(reading.sums)
    return reading


def _note(reading: Reading, line: str, known: frozenset[str]) -> None:
    reading.lines += 1
    said = logged(line)
    if isinstance(said, Ignored):
        reading.ignored[said] += 1
    elif said[0].source not in known:
        reading.ignored[Ignored.UNKNOWN] += 1
    else:
        reading.sums[said[0]] += said[1]
