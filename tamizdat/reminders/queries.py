"""What is known of reminders. No answer names anybody."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from tamizdat.newsroom import queries as newsroom
from tamizdat.reminders import rules
from tamizdat.reminders.models import Reminder


def reminder(reminder_id: UUID) -> rules.Reminder | None:
    """One reminder; None when it was forgotten."""
    row = Reminder.objects.select_related("confirmation").filter(id=reminder_id).first()
    return row and row.value()


def waiting() -> int:
    """How many confirmed reminders wait for their day."""
    return Reminder.objects.filter(confirmation__isnull=False, sending=None).count()


def self_checks() -> list[str]:
    """What is wrong with reminders, in sentences; none when all is well."""
    yesterday = newsroom.today() - timedelta(days=1)
    late = Reminder.objects.filter(
        confirmation__isnull=False, confirmation__confirmed_at__lt=timezone.now() - timedelta(days=2),
        sending=None, on__lt=yesterday,
    ).count()  # fmt: skip
    kept = Reminder.objects.filter(asked_at__lt=timezone.now() - rules.KEEP_AT_MOST - timedelta(days=1)).count()
    checks = [
        (late, f"{late} reminders are late: is `tamizdat work` running?"),
        (kept, f"{kept} reminders are kept for longer than a year: is `tamizdat work` running?"),
    ]
    return [sentence for is_wrong, sentence in checks if is_wrong]
