"""A finished build goes to every mirror."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver

from tamizdat.bakery.signals import build_finished
from tamizdat.mirrors.actions import ask_for_push


@receiver(build_finished)
def carry_it_to_the_mirrors(**kwargs: Any) -> None:
    if settings.NEWSROOM.mirrors:
        ask_for_push()
