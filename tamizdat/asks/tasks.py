"""Background entry points of the asks."""

from django.utils import timezone
from django_tasks import task

from tamizdat.asks import actions


@task()
def take_figure() -> None:
    actions.take_figure(now=timezone.now())
