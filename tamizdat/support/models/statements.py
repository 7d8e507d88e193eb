"""What companies report, row by row, and where it disagrees with us."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tamizdat.money import Money


class Cursor(models.Model):
    """How far a company's list has been read: of its events, or of its statement."""

    provider = models.CharField(max_length=20)
    of = models.CharField(max_length=6)
    value = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["provider", "of"], name="cursor_stands_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.of} {self.value}"


class StatementRow(models.Model):
    """One row of a company's report: gross − fee = net. What leaves is negative."""

    provider = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=70)
    kind = models.CharField(max_length=14)
    # What it is about: a charge, a refund, a dispute's movement.
    ref = models.CharField(max_length=200, blank=True)
    # A name that the company's `fetch` understands.
    about = models.CharField(max_length=200, blank=True)
    gross_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField()
    net_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField(db_index=True)
    day = models.DateField()
    # Of a payout: what the rows that it paid out come to, by the company's own list.
    holds_minor = models.BigIntegerField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_id"], name="statement_row_is_kept_once"),
            models.CheckConstraint(
                condition=Q(net_minor=F("gross_minor") - F("fee_minor")), name="statement_row_adds_up"
            ),
        ]
        indexes = [models.Index(fields=["provider", "kind", "ref"], name="statement_row_is_about")]

    def __str__(self) -> str:
        return f"{self.kind} {self.net}"

    @property
    def net(self) -> Money:
        return Money(self.net_minor, self.currency)

    @property
    def entry_key(self) -> str:
        return f"{self.kind}:{self.provider}:{self.provider_id}"


class Unheard(models.Model):
    """The newsroom was told that a company's statement has not been compared since then; once for each silence."""

    provider = models.CharField(max_length=20)
    since = models.DateTimeField()
    told_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "unheard"
        constraints = [models.UniqueConstraint(fields=["provider", "since"], name="silence_is_told_once")]

    def __str__(self) -> str:
        return f"{self.provider} since {self.since:%Y-%m-%d %H:%M}"


class Difference(models.Model):
    """Our record and a company's statement disagree; open until they agree again."""

    provider = models.CharField(max_length=20)
    kind = models.CharField(max_length=30)
    ref = models.CharField(max_length=200)
    said = models.CharField(max_length=400)
    since = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "kind", "ref"], condition=Q(settled_at=None), name="difference_is_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"


class Reconciliation(models.Model):
    """One comparison with one company: how many rows were new, payments found that no event told, differences open."""

    provider = models.CharField(max_length=20)
    at = models.DateTimeField(db_index=True)
    rows = models.PositiveIntegerField()
    repaired = models.PositiveIntegerField()
    differences = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.provider} at {self.at}"
