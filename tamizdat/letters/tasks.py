"""The post office's background work."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from tamizdat.letters import delivery


@task()
def deliver(letter: str) -> None:
    delivery.deliver(UUID(letter), now=timezone.now())
