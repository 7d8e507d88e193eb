"""A task was enqueued: ring once it is there to be seen."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django_tasks.signals import task_enqueued

from tamizdat.server import bell


@receiver(task_enqueued)
def ring_after_commit(**_: Any) -> None:
    transaction.on_commit(partial(bell.ring, settings.DATA / "bell"), robust=True)
