"""Background entry points of the articles."""

from django_tasks import task

from tamizdat.articles import recommending


@task()
def choose_what_to_read_more(page: int) -> None:
    recommending.choose(page)


@task()
def choose_again(pages: list[int]) -> None:
    recommending.again(pages)
