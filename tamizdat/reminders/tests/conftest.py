import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tamizdat.letters import actions as letters
from tamizdat.letters import queries as post
from tamizdat.newsroom import queries as newsroom
from tamizdat.reminders import actions, tokens
from tamizdat.reminders.models import Reminder

ADDRESS = "reader.canary@example.org"


@pytest.fixture
def today():
    return newsroom.today()


@pytest.fixture
def ask(training, today):
    """A reader asks for a letter; the newest reminder is answered."""

    def ask(address=ADDRESS, days=30, language="en", source="appeal/plain"):
        actions.remind(address=address, on=today + timedelta(days=days), language=language, source=source)
        return Reminder.objects.order_by("-asked_at").first()

    return ask


@pytest.fixture
def reminder(ask):
    """A confirmed reminder a month from now."""
    reminder = ask()
    actions.confirm(reminder=reminder.id)
    return reminder


@pytest.fixture
def mailbox():
    """Deliver what waits and answer the training mailbox, latest first."""

    def mailbox():
        letters.deliver_due(now=timezone.now() + timedelta(seconds=1))
        return post.training_letters()

    return mailbox


def link(text, start):
    """The first link in a letter whose path begins so, as a path."""
    return re.search(rf"http://[^/\s]+({start}\S+)", text)[1]


def reply_in(text):
    return re.search(r"reply=([\w-]+)", text)[1]


def forget_path(reminder):
    return f"/remind/forget/{tokens.forget_token(reminder.id)}/"


def confirm_path(reminder):
    return f"/remind/confirm/{tokens.confirm_token(reminder.id)}/"
