"""Background entry points of the till."""

from uuid import UUID

from django.utils import timezone
from django_tasks import task

from tamizdat.support import settling
from tamizdat.support.models import Event


@task()
def process_event(event: str) -> None:
    settling.settle(Event.objects.get(pk=UUID(event)), now=timezone.now())
