"""Background entry points of the bakery."""

from django_tasks import task

from tamizdat.bakery import baking


@task()
def bake_touched() -> None:
    baking.bake_or_leave()
