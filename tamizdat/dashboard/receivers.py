"""A wrong login leaves one line, without who tried or what was typed."""

import logging
from typing import Any

from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver

log = logging.getLogger("tamizdat.dashboard")


@receiver(user_login_failed)
def say_so(**kwargs: Any) -> None:
    log.warning("A login to the desk was refused")
