"""Recipients, whose addresses are sealed, and the outbox."""

import secrets
import uuid
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tamizdat.letters.rules import LEASE, Outcome


def new_message_id() -> str:
    """An unguessable Message-ID under the paper's host; a letter keeps its own however often it is sent."""
    return f"<{secrets.token_hex(16)}@{urlsplit(settings.NEWSROOM.paper.address).hostname}>"


class Recipient(models.Model):
    """Somebody who asked for letters, for one purpose. What remains after erasure says nothing about them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    language = models.CharField(max_length=12)
    remembered_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.id)


class Address(models.Model):
    """A recipient's address, sealed; `index` is a keyed hash, alike for the same address."""

    recipient = models.OneToOneField(Recipient, models.CASCADE, primary_key=True)
    sealed = models.BinaryField()
    index = models.CharField(max_length=32, db_index=True)

    def __str__(self) -> str:
        return f"address of {self.recipient_id}"


class Erasure(models.Model):
    """When a recipient's address was erased."""

    recipient = models.OneToOneField(Recipient, models.PROTECT, primary_key=True)
    erased_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"erasure of {self.recipient_id}"


class Letter(models.Model):
    """A row of the outbox. The row is the queue: who changes its lease, delivers it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=100, unique=True)
    message_id = models.CharField(max_length=300, unique=True, default=new_message_id)
    sealed_context = models.BinaryField(null=True)
    written_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    last_failure = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=8, blank=True, choices=[(o.value, o.value) for o in Outcome])
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letters_what_it_says_ends_with_it",
                condition=Q(outcome="", ended_at__isnull=True, sealed_context__isnull=False)
                | Q(
                    outcome__in=[o.value for o in Outcome],
                    ended_at__isnull=False,
                    sealed_context__isnull=True,
                    leased_until__isnull=True,
                ),
            ),
        ]
        indexes = [
            models.Index("due_at", name="letters_waiting", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @classmethod
    def due(cls, now: datetime) -> models.QuerySet["Letter"]:
        """Letters that wait, whose time has come, and that nobody holds."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
        return cls.objects.filter(free, ended_at__isnull=True, due_at__lte=now)

    @classmethod
    def claim(cls, letter: uuid.UUID, *, now: datetime) -> bool:
        """Take a letter for one try; if we die holding it, the lease runs out."""
        return cls.due(now).filter(id=letter).update(leased_until=now + LEASE, tries=F("tries") + 1) == 1

    def end(self, outcome: Outcome, *, now: datetime) -> None:
        """Close the letter and erase what it would have said."""
        Letter.objects.filter(id=self.id, ended_at__isnull=True).update(
            outcome=outcome, ended_at=now, sealed_context=None, leased_until=None
        )

    def wait(self, until: datetime) -> None:
        Letter.objects.filter(id=self.id, ended_at__isnull=True).update(due_at=until, leased_until=None)


class TrainingLetter(models.Model):
    """A letter that a training newsroom kept instead of sending; sent again, it only counts."""

    message_id = models.CharField(max_length=300, unique=True)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    times = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.message_id


class StaffLetter(models.Model):
    """Somebody of the newsroom who is known for one letter, and forgotten once that has left."""

    recipient = models.UUIDField(unique=True)
    key = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
