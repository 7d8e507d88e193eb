"""What has been baked, and what waits for the oven."""

from django.db import models


class Build(models.Model):
    """One run that changed the paper."""

    finished_at = models.DateTimeField(auto_now_add=True)
    written = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()

    class Meta:
        get_latest_by = "id"

    def __str__(self) -> str:
        return f"build {self.pk}: {self.written} written, {self.removed} removed"


class BakedFile(models.Model):
    """A line of the manifest: one file of the paper as it stands on the disk.

    A file that has gone keeps its row, without a digest, until a build has said so.
    """

    GONE = ""

    path = models.CharField(max_length=500, unique=True, help_text="site path, like /news/storm/")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the uncompressed bytes, hexadecimal")
    size = models.PositiveIntegerField(help_text="bytes, uncompressed")
    build = models.PositiveIntegerField(db_index=True, help_text="the build that wrote it last")
    seen = models.PositiveIntegerField(db_index=True, help_text="the build that last found it to be right")
    part = models.PositiveSmallIntegerField(help_text="the part of the manifest that names it")
    can_shrink = models.BooleanField(help_text="its variants can still be packed better")

    class Meta:
        indexes = [
            models.Index(fields=["part", "path"], name="part_of_the_manifest"),
            models.Index(fields=["id"], condition=models.Q(can_shrink=True), name="can_still_shrink"),
        ]

    def __str__(self) -> str:
        return self.path


class Underway(models.Model):
    """A bake of the whole paper that has begun and not ended: what is left of one that was killed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    recipe = models.CharField(max_length=64)
    touches = models.JSONField(default=list, help_text="the touches of the whole paper that it answers")
    done = models.JSONField(default=list, help_text="names of the batches that are safe")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_whole_bake_at_a_time")]

    def __str__(self) -> str:
        return f"{len(self.done)} batches done"


class Touch(models.Model):
    """A path that must be baked again. It stays until files and manifest are safe, so a killed baker loses none."""

    EVERYTHING = "*"

    path = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.path


class Recipe(models.Model):
    """What the last whole bake was made with: a digest of templates, settings and version."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_recipe")]

    def __str__(self) -> str:
        return self.digest
