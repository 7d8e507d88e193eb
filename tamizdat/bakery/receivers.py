"""What the rooms below announce, the bakery notes down."""

from typing import Any

from django.dispatch import receiver

from tamizdat.articles import queries as articles
from tamizdat.articles.signals import paths_touched
from tamizdat.asks.signals import asks_changed, figure_taken
from tamizdat.bakery.actions import touch
from tamizdat.bakery.baker import TICKER
from tamizdat.ledger.signals import rates_taken


@receiver(paths_touched)
def touch_the_paths(paths: frozenset[str] | None, **kwargs: Any) -> None:
    touch(paths=paths)


@receiver(figure_taken)
def show_the_figure(need_changed: bool, **kwargs: Any) -> None:
    """Every page that asks says the need; the figure stands on the newest alone."""
    touch(paths=None if need_changed else articles.paths_with_the_figure() | {TICKER})


@receiver(rates_taken)
def say_what_others_are_worth(**kwargs: Any) -> None:
    touch(paths=articles.paths_with_the_figure())


@receiver(asks_changed)
def ask_otherwise(**kwargs: Any) -> None:
    """At once where most readers are; then everywhere, the newest first."""
    touch(paths=articles.paths_read_first())
    touch(paths=None)
