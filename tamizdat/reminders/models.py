"""Reminders that wait, and what remains of those that do not."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tamizdat.reminders import rules
from tamizdat.reminders.rules import Why


class Reminder(models.Model):
    """Somebody asked to be written to on a day. The row is deleted, not marked, when it is forgotten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    recipient = models.OneToOneField("letters.Recipient", models.PROTECT, related_name="+")
    on = models.DateField(db_index=True)
    source = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"reminder {self.id}"

    def value(self) -> rules.Reminder:
        return rules.Reminder(self.id, self.on, self.asked_at, hasattr(self, "confirmation"))

    @property
    def letter_key(self) -> str:
        return f"reminder:{self.id}"


class Confirmation(models.Model):
    """When the reader said, from the mailbox itself, that the reminder is wanted."""

    reminder = models.OneToOneField(Reminder, models.CASCADE, primary_key=True)
    confirmed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"confirmation of {self.reminder_id}"


class Sending(models.Model):
    """When the letter of the day was handed to the post: once."""

    reminder = models.OneToOneField(Reminder, models.CASCADE, primary_key=True)
    sent_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"sending of {self.reminder_id}"


class Reply(models.Model):
    """The digest of a random token in a letter's link: who gives by it is not reminded. One a letter."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="replies")
    token_hash = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return f"reply to {self.reminder_id}"


class Forgetting(models.Model):
    """A reminder was forgotten on this day, and why. Nothing says which, or whose."""

    day = models.DateField()
    why = models.CharField(max_length=12, choices=[(why.value, why.value) for why in Why])
    source = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reminders_forgetting_has_a_reason", condition=Q(why__in=[why.value for why in Why])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why} on {self.day}"
