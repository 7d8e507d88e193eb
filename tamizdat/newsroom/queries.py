"""What the rooms ask about the newsroom they stand in."""

import functools
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from tamizdat.newsroom.configuration import Configuration
from tamizdat.newsroom.models import Stamp
from tamizdat.newsroom.rules import Kind


def configuration() -> Configuration:
    """newsroom.toml as typed values."""
    found: Configuration = settings.NEWSROOM
    return found


def kind() -> Kind:
    """How this newsroom was born. An unstamped one counts as live: nothing pretends until somebody says so."""
    try:
        return stamped()
    except Stamp.DoesNotExist:
        return Kind.LIVE


@functools.cache
def stamped() -> Kind:
    """What the stamp says, read once: the database refuses to change it. Raises Stamp.DoesNotExist."""
    return Kind(Stamp.objects.get(id=1).kind)


def is_training() -> bool:
    """Whether money and letters here are make-believe."""
    return kind() is Kind.TRAINING


def desk_address() -> str:
    """Where the newsroom's people log in."""
    paper = configuration().paper
    home = f"{urlsplit(paper.address).scheme}://{paper.desk_host}" if paper.desk_host else paper.address
    return f"{home}/desk/"


def today(now: datetime | None = None) -> date:
    """The day it is in the newsroom's time zone."""
    return (now or timezone.now()).astimezone(ZoneInfo(configuration().paper.time_zone)).date()
