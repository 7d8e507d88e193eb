"""Rows of the books. They are added, never edited: triggers.py makes the database refuse anything else."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone

from tamizdat.ledger.rules.entries import KINDS


class Entry(models.Model):
    """The seal on its postings: written after them, it closes them for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    on = models.DateField()
    what = models.CharField(max_length=200)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversal")
    posting_count = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="entry_has_a_key"),
            models.CheckConstraint(condition=Q(posting_count__gte=2), name="entry_has_two_postings"),
        ]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """What one account receives.

    `on` repeats the entry's day (the seal compares them), so that a month is summed from one covering index.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    on = models.DateField()
    account = models.CharField(max_length=80)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        indexes = [
            models.Index(fields=["currency", "on", "account", "amount_minor"], name="posting_sums_a_month"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(*[("account__startswith", f"{kind}:") for kind in KINDS], _connector=Q.OR),
                name="posting_account_has_a_kind",
            ),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="posting_moves_money"),
            models.CheckConstraint(condition=Q(Exact(Length("currency"), 3)), name="posting_currency_is_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount_minor} {self.currency}"


class Cost(models.Model):
    """A monthly cost by name. Its end, and a change of amount, are rows of their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    names = models.JSONField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    first = models.DateField()
    by = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="cost_is_more_than_nothing"),
            models.CheckConstraint(condition=Q(Exact(Length("currency"), 3)), name="cost_currency_is_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} from {self.first}"


class CostEnd(models.Model):
    """The last month of a cost, and who ended it."""

    cost = models.OneToOneField(Cost, on_delete=models.PROTECT, primary_key=True, related_name="end")
    last = models.DateField()
    by = models.CharField(max_length=150)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"until {self.last}"


class MonthClose(models.Model):
    """A month, and all before it, takes no further entry. `totals` is what each account moved in it, by currency."""

    month = models.DateField(primary_key=True)
    by = models.CharField(max_length=150)
    posting_count = models.PositiveIntegerField()
    totals = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} closed"


class Rate(models.Model):
    """On that day one euro was so many units of `currency`, in figures as the European Central Bank published them."""

    id = models.BigAutoField(primary_key=True)
    on = models.DateField()
    currency = models.CharField(max_length=3)
    per_euro = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="rate_is_known_once"),
            models.CheckConstraint(condition=Q(Exact(Length("currency"), 3)), name="rate_currency_is_a_code"),
        ]

    def __str__(self) -> str:
        return f"1 EUR = {self.per_euro} {self.currency} on {self.on}"
