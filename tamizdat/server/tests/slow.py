"""A task that a test can catch in the act."""

import time
from pathlib import Path

from django_tasks import task


@task()
def nap(diary: str) -> None:
    """Writes a line at each start; sleeps long the first time only."""
    is_first = not Path(diary).exists()
    with Path(diary).open("a") as file:
        file.write("begun\n")
    if is_first:
        time.sleep(120)
