"""Background entry points of the mirrors."""

from django_tasks import task

from tamizdat.mirrors import carrying


@task()
def push_due() -> None:
    carrying.push_due()
