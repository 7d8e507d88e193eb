"""Money and days look on the desk as they do in the paper; moments are in the login's time zone."""

from datetime import datetime

from babel.dates import format_datetime
from django import template
from django.utils import timezone

from tamizdat.reader import environment

register = template.Library()
for show in (environment.money, environment.day, environment.month, environment.number):
    register.filter(show.__name__, show)


@register.filter
def moment(when: datetime) -> str:
    """ "23 Nov 2026, 23:45": short, because tables are narrow and the desk knows where it is."""
    return format_datetime(timezone.localtime(when), "d MMM y, HH:mm", locale=environment.locale())
