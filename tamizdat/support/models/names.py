"""What companies call a gift, its payments and what went back of them: for whoever holds a piece of such a name."""

from django.db import models

from tamizdat.support.models.contributions import Contribution


class Name(models.Model):
    """One name of a gift. The database finds it by any three letters of it (migration 0007)."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["text", "contribution"], name="name_is_noted_once")]

    def __str__(self) -> str:
        return self.text
