"""A reminder that only the reader keeps: a calendar file."""

import uuid
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from tamizdat.newsroom import queries as newsroom
from tamizdat.reader.environment import giving_address

_AT_NINE = timedelta(hours=9)


def calendar_file(*, on: date, now: datetime) -> bytes:
    """One all-day event that rings at nine, in the language in force. It names no reader."""
    paper = newsroom.configuration().paper
    link = giving_address("/support/", source="reminder/calendar")
    title = _("Support %(paper)s") % {"paper": paper.name}
    event = Event()
    event.add("uid", str(uuid.uuid4()))
    event.add("dtstamp", now)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", title)
    event.add("description", _("You asked to be reminded of this: %(link)s") % {"link": link})
    event.add("url", link)
    event.add_component(_alarm(title))
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Tamizdat//Reminder//EN")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _AT_NINE)
    return alarm
