"""Background entry points of the bakery."""

from django_tasks import task

from tamizdat.bakery import baking


# A correction overtakes what else a publication starts, like the desk's search index.
@task(priority=50)
def bake_touched() -> None:
    baking.bake_or_leave()
