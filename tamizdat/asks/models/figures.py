"""The figures that the paper has shown, each as it stood."""

from django.db import models


class TakenFigure(models.Model):
    """One public figure, kept so that every page and the ticker say the same until the next is taken."""

    month = models.DateField(help_text="first day of the month")
    currency = models.CharField(max_length=3)
    need_minor = models.BigIntegerField()
    raised_minor = models.BigIntegerField(help_text="may be negative")
    supporters = models.PositiveIntegerField()
    as_of = models.DateTimeField(unique=True)

    class Meta:
        get_latest_by = "as_of"
        constraints = [
            models.CheckConstraint(condition=models.Q(need_minor__gte=0), name="need_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.raised_minor} of {self.need_minor} {self.currency}"
