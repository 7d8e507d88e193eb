"""In training the figure follows at once; live it waits for the clock."""

from typing import Any

from django.dispatch import receiver

from tamizdat.asks import tasks
from tamizdat.newsroom import queries as newsroom
from tamizdat.support.signals import payment_recorded, payment_refunded


@receiver([payment_recorded, payment_refunded])
def take_the_figure_in_training(**kwargs: Any) -> None:
    if newsroom.is_training():
        tasks.take_figure.enqueue()
