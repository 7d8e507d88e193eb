"""Background entry points of the articles."""

from django_tasks import task

from tamizdat.articles import recommending

LAST = -50  # nobody waits for these: what is to be baked or sent goes first


@task(priority=LAST)
def choose_what_to_read_more(page: int) -> None:
    choose_again.enqueue(recommending.choose(page))


@task(priority=LAST)
def choose_again(pages: list[int]) -> None:
    recommending.again(pages)
