"""What a newsroom is born as, stamped once."""

from django.db import models

from tamizdat.newsroom.rules import Kind


class Stamp(models.Model):
    """The single row that says whether this newsroom's money is real. Triggers refuse to change it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Kind])
    founded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="newsroom_is_stamped_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Kind]), name="newsroom_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
