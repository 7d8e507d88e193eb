"""Carrying the latest build to the mirrors."""

import logging
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tamizdat.bakery.actions import the_only_baker
from tamizdat.bakery.queries import latest_build
from tamizdat.bakery.rules import file_name
from tamizdat.mirrors import directories
from tamizdat.mirrors.models import Push
from tamizdat.newsroom.configuration import Mirror

logger = logging.getLogger(__name__)


def push_due() -> list[str]:
    """Bring every mirror that is behind to the latest build; the problems, a sentence each.

    A mirror that fails is tried again at the next call and does not hold up the others.
    """
    build = latest_build()
    held = dict(Push.objects.filter(problem="").values_list("mirror", "build"))
    behind = [mirror for mirror in settings.NEWSROOM.mirrors if build and held.get(mirror.name, 0) < build]
    return [problem for mirror in behind if (problem := push(mirror))]


def push(mirror: Mirror) -> str:
    """Carry the latest build to one mirror; why it failed, or "". No build changes meanwhile."""
    with the_only_baker():
        build, problem = latest_build(), ""
        try:
            directories.carry(site=settings.SITE, directory=Path(mirror.directory))
        except OSError as error:
            problem = f"The mirror {mirror.name} was not reached: {error}"[:500]
        except directories.HalfBaked as error:
            problem = f"The mirror {mirror.name} waits for the next bake: {error}"[:500]
    if problem:
        logger.error("%s", problem)
    changes = {"problem": problem} if problem else {"problem": "", "build": build, "pushed_at": timezone.now()}
    Push.objects.update_or_create(mirror=mirror.name, defaults=changes)
    return problem


def carry_variants(paths: Collection[str]) -> None:
    """Smaller variants for every mirror; one that cannot be reached keeps what it has, which says the same."""
    for mirror in settings.NEWSROOM.mirrors:
        with suppress(OSError):
            directories.carry_variants(map(file_name, paths), site=settings.SITE, directory=Path(mirror.directory))
