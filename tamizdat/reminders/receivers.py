"""Who gives by a letter's link need not be reminded. Should this be lost, the day itself asks again."""

from typing import Any

from django.dispatch import receiver

from tamizdat.reminders import tasks
from tamizdat.support.signals import payment_recorded


@receiver(payment_recorded, dispatch_uid="reminders.forget_who_gave")
def forget_who_gave(*, reply_token_hash: str, **_fact: Any) -> None:
    if reply_token_hash:
        tasks.forget_who_gave.enqueue(reply_token_hash)
