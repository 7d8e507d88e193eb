"""How the bakery stands."""

from datetime import datetime

from tamizdat.bakery.models import Build, Touch


def latest_build() -> int:
    """The number of the latest build; 0 before the first."""
    return Build.objects.order_by("-id").values_list("id", flat=True).first() or 0


def latest_builds(limit: int) -> list[tuple[int, datetime, int, int]]:
    """The latest builds, newest first: number, when it finished, files written, files removed."""
    return list(Build.objects.order_by("-id").values_list("id", "finished_at", "written", "removed")[:limit])


def waiting() -> int:
    """How many touched paths wait for the oven."""
    return Touch.objects.count()
