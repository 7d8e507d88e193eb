"""What a bank's statements tell, brought by a person: rows, whose they are, and what nobody has placed yet."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tamizdat.money import Money
from tamizdat.support.rules import statements
from tamizdat.support.rules.evidence import Way


class BroughtStatement(models.Model):
    """Somebody brought a statement: how many rows it told, how many of them were new."""

    provider = models.CharField(max_length=20)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    rows = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    last_day = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        permissions = [("bring_statement", "Can bring a bank's statement and say whose a transfer is")]

    def __str__(self) -> str:
        return f"{self.provider} by {self.by}"


class Movement(models.Model):
    """A row: positive when it came. It is a gift's (Placement), nobody's (SetAside), or waits for a person."""

    provider = models.CharField(max_length=20)
    row_id = models.CharField(max_length=64)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "row_id"], name="movement_is_kept_once"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="movement_is_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} on {self.at:%Y-%m-%d}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Placement(models.Model):
    """The movement is a gift's, called so at its provider. The id says in which order that became known."""

    id = models.BigAutoField(primary_key=True)
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="placement")
    ref = models.CharField(max_length=200, db_index=True)
    refund = models.CharField(max_length=70, blank=True)
    # Who said so; empty where the movement itself named the gift.
    by = models.CharField(max_length=150, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.movement} for {self.ref}"

    @property
    def told(self) -> statements.Movement:
        """As a provider reads it."""
        row = self.movement
        return statements.Movement(row.row_id, row.amount, row.at, self.ref, self.refund)


class SetAside(models.Model):
    """Somebody said that the movement is no gift."""

    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="set_aside")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.movement} is no gift"


class CarriedOut(models.Model):
    """Somebody says that they have transferred a refund; the next statement will tell."""

    request = models.OneToOneField("RefundRequest", on_delete=models.PROTECT, related_name="carried_out")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.request} by {self.by}"


class PayersWords(models.Model):
    """Who paid and what they wrote, sealed: until somebody has said whose it is, and sixty days at most."""

    movement = models.OneToOneField(Movement, on_delete=models.CASCADE, related_name="words")
    sealed_payer = models.BinaryField()
    sealed_text = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()
        verbose_name_plural = "payers' words"

    def __str__(self) -> str:
        return f"words of {self.movement_id}"


class Slip(models.Model):
    """Somebody took a gift in by hand and wrote it down."""

    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="slip")
    way = models.CharField(max_length=6)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        permissions = [("write_slip", "Can write down gifts in cash and by cheque, and see their evidence")]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=[way.value for way in Way]), name="slip_is_of_cash_or_a_cheque")
        ]

    def __str__(self) -> str:
        return f"{self.way} taken by {self.by}"


class Evidence(models.Model):
    """The picture of a cheque or of the page where cash was counted, sealed; it goes when its giver is forgotten."""

    slip = models.OneToOneField(Slip, on_delete=models.CASCADE, related_name="evidence")
    sealed = models.BinaryField()

    class Meta:
        default_permissions = ()
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"evidence of {self.slip_id}"
