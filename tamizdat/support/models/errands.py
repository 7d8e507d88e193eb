"""Unfinished business with a payment company. The row is the queue."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from tamizdat.support.rules import retrying
from tamizdat.support.rules.contract import Provider


class Errand(models.Model):
    """Something to tell a company, or only to ask it: settled once the truth it fetches is on record.

    `due_at` empty means that nothing is left to do. The id is also the company's idempotency key.
    """

    is_for_a_person = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now, null=True, db_index=True)
    leased_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        default_permissions = ()

    @property
    def company(self) -> str:
        """The code of the company that this is about."""
        raise NotImplementedError

    @property
    def ref(self) -> str:
        """What that company calls the contribution."""
        raise NotImplementedError

    def tell(self, company: Provider) -> None:
        """Say to the company what there is to say. Safe twice."""

    def is_settled(self) -> bool:
        """Whether the record now shows what this errand was for."""
        return True

    def next_look(self, now: datetime) -> datetime | None:
        """When to look again although all is settled; None: never."""
        return None

    @classmethod
    def free(cls, now: datetime) -> models.QuerySet[Self]:
        """Those that are due and in nobody's hands."""
        due = cls._default_manager.filter(due_at__lte=now)
        return due.filter(Q(leased_until=None) | Q(leased_until__lt=now))

    def claim(self, now: datetime) -> bool:
        """Take the errand. False: it is not due, or another has it; if they die, the lease runs out."""
        if self.free(now).filter(pk=self.pk).update(leased_until=now + retrying.LEASE, tries=F("tries") + 1) != 1:
            return False
        self.refresh_from_db()
        return True

    def finish(self, now: datetime) -> None:
        """Settled: nothing is left to do, or not before the next look."""
        Damaged.objects.filter(errand=self.pk).delete()
        self._rest(due_at=self.next_look(now), tries=0)

    def put_off(self, now: datetime, *, is_refused: bool) -> bool:
        """Leave it for later. False: it has been tried often enough."""
        pause = retrying.pause(self.tries, is_refused=is_refused)
        if pause is not None:
            self._rest(due_at=now + pause)
        return pause is not None

    def give_up(self, why: str) -> None:
        """Stop trying and, if it matters, lay it before a person."""
        with transaction.atomic():
            if self.is_for_a_person:
                Damaged.objects.update_or_create(
                    errand=self.pk,
                    defaults={"kind": self._meta.model_name, "company": self.company, "why": why[:300]},
                )
            self._rest(due_at=None)

    def revive(self, now: datetime) -> None:
        """Take it up afresh, after a person has looked. It stays on the desk until it is settled."""
        self._rest(due_at=now, tries=0)

    def _rest(self, **changes: object) -> None:
        type(self).objects.filter(pk=self.pk).update(leased_until=None, **changes)


class GiftErrand(Errand):
    """About one gift, the field `contribution` of whoever is one."""

    contribution: Any

    class Meta(Errand.Meta):
        abstract = True

    @property
    def company(self) -> str:
        return str(self.contribution.provider)

    @property
    def ref(self) -> str:
        return str(self.contribution.reference.ref)


class Damaged(models.Model):
    """An errand that was given up. It stands on the desk until somebody replays it with success."""

    errand = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20)
    company = models.CharField(max_length=20)
    why = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "damaged"

    def __str__(self) -> str:
        return f"{self.kind} at {self.company}: {self.why}"
