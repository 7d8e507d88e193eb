"""What editors publish stands in the paper; in training the figure follows at once, live it waits for the clock."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import published, unpublished

from tamizdat.asks import actions, tasks
from tamizdat.asks.models import Ask
from tamizdat.ledger.signals import rates_taken
from tamizdat.newsroom import queries as newsroom
from tamizdat.support.signals import payment_recorded, payment_refunded


@receiver([payment_recorded, payment_refunded, rates_taken])
def take_the_figure_in_training(**kwargs: Any) -> None:
    if newsroom.is_training():
        tasks.take_figure.enqueue()


@receiver(published, sender=Ask)
def ask_so(instance: Ask, **_: Any) -> None:
    actions.ask_published(ask=instance)


@receiver(unpublished, sender=Ask)
def ask_no_longer(**_: Any) -> None:
    actions.announce()
