"""What the rooms cannot see of themselves: the queue, the keys, the disk, the database's shape."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

PATIENCE = timedelta(minutes=10)
RECENT = timedelta(days=7)
ENOUGH_BYTES = 500_000_000


def stuck_tasks(now: datetime) -> int:
    """Tasks that nobody has taken up for ten minutes."""
    return DBTaskResult.objects.ready().filter(enqueued_at__lt=now - PATIENCE).count()


def queue(now: datetime) -> Iterator[str]:
    if count := stuck_tasks(now):
        yield f"{count} tasks have waited more than ten minutes: is `tamizdat work` running?"
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=now - RECENT)
    for task, count in sorted(Counter(failed.values_list("task_path", flat=True)).items()):
        yield (
            f"{task} failed {count} times in the last seven days: read why in the log, mend it, "
            "then clear the list with `tamizdat prune_db_task_results --queue-name '*' --failed-min-age-days 0`."
        )


def migrations() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield f"{len(pending)} changes to the database have not been made: run `tamizdat migrate`."


def keys(folder: Path) -> Iterator[str]:
    """Whoever reads a key opens every seal."""
    for path in (folder, *sorted(folder.iterdir())):
        if path.stat().st_mode & 0o077:
            yield f"Others on this machine can read {path}: run `chmod go= {path}`."


def disk(folder: Path) -> Iterator[str]:
    free = shutil.disk_usage(folder).free
    if free < ENOUGH_BYTES:
        yield f"Only {free // 1_000_000} MB are free at {folder}: make room, or the books cannot be written."


def complaints(now: datetime) -> list[str]:
    """A sentence for each thing that is wrong with the machine under the paper."""
    return [*queue(now), *keys(settings.KEYS), *disk(settings.DATA)]
