"""A finished build goes to every mirror."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.dispatch import receiver

from tamizdat.bakery.signals import build_finished, repacked
from tamizdat.mirrors.actions import ask_for_push, carry_variants


@receiver(build_finished)
def carry_it_to_the_mirrors(**kwargs: Any) -> None:
    if settings.NEWSROOM.mirrors:
        ask_for_push()


# At once and not by a task: it is sent by a process at a low priority, while no file changes.
@receiver(repacked)
def make_the_mirrors_smaller(paths: Collection[str], **kwargs: Any) -> None:
    carry_variants(paths)
