"""What stands in the paper: plain rows, written when something is published, read by every bake.

They remember where a page was shown last time, so that a change touches the old places and the new.
"""

from django.db import models


class Shelf(models.Model):
    """Where articles stand: a front page, section, topic or author. `source_id` is its page's or topic's.

    `chosen` are ids of the articles that an editor has put on top, in order; some may no longer be in the paper.
    """

    class Kind(models.TextChoices):
        FRONT = "front"
        SECTION = "section"
        TOPIC = "topic"
        AUTHOR = "author"
        AUTHORS = "authors"

    kind = models.CharField(max_length=7, choices=Kind)
    source_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=12)
    path = models.CharField(max_length=500, unique=True)
    title = models.CharField(max_length=255)
    intro = models.TextField(blank=True)
    picture = models.JSONField(null=True)
    chosen = models.JSONField(default=list)
    order = models.CharField(max_length=255)
    translation_key = models.UUIDField()
    revision_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="shelf_has_one_source")]

    def __str__(self) -> str:
        return self.path


class Galley(models.Model):
    """An article or plain page set in type. `authors` and `topics` are ids in order.

    `body` is its first part, `rest` the parts that follow on further pages; `parts` counts them all.
    `notes` holds the HTML of the first footnote, the second and so on; `corrections` the newest first.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article"
        PLAIN = "plain"

    page = models.OneToOneField("wagtailcore.Page", primary_key=True, on_delete=models.CASCADE, related_name="galley")
    kind = models.CharField(max_length=7, choices=Kind)
    what = models.CharField(max_length=7, blank=True)
    language = models.CharField(max_length=12)
    path = models.CharField(max_length=500, unique=True)
    order = models.CharField(max_length=255)
    translation_key = models.UUIDField(db_index=True)
    revision_id = models.BigIntegerField(null=True)
    section = models.PositiveBigIntegerField(null=True)
    authors = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    headline = models.CharField(max_length=255)
    kicker = models.CharField(max_length=60, blank=True)
    standfirst = models.TextField(blank=True)
    picture = models.JSONField(null=True)
    body = models.TextField(blank=True)
    rest = models.JSONField(default=list)
    parts = models.PositiveSmallIntegerField(default=1)
    notes = models.JSONField(default=list)
    corrections = models.JSONField(default=list)
    gist = models.TextField(blank=True)
    word_count = models.PositiveIntegerField(default=0)
    published = models.DateTimeField()
    month = models.CharField(max_length=7)
    updated = models.DateTimeField()
    updated_note = models.CharField(max_length=300, blank=True)
    first_publication = models.URLField(max_length=500, blank=True)
    has_no_asks = models.BooleanField(default=False)
    is_sensitive = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["kind", "-published", "-page"], name="galley_newest")]

    def __str__(self) -> str:
        return self.path


class Shelving(models.Model):
    """An article on a shelf. Every list of the paper is a slice of these."""

    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE, related_name="shelvings")
    galley = models.ForeignKey(Galley, on_delete=models.CASCADE, related_name="shelvings")
    published = models.DateTimeField()
    month = models.CharField(max_length=7)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shelf", "galley"], name="galley_is_shelved_once")]
        indexes = [
            models.Index(fields=["shelf", "-published", "-galley"], name="shelf_newest"),
            models.Index(fields=["shelf", "month", "published", "galley"], name="shelf_months"),
        ]

    def __str__(self) -> str:
        return f"{self.galley_id} on {self.shelf_id}"


class Mention(models.Model):
    """A link in an article's body to another page, so that the link can follow it."""

    galley = models.ForeignKey(Galley, on_delete=models.CASCADE, related_name="mentions")
    target = models.PositiveBigIntegerField(db_index=True)  # no key: it may outlive its page

    class Meta:
        constraints = [models.UniqueConstraint(fields=["galley", "target"], name="mention_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.galley_id} names {self.target}"


class Plate(models.Model):
    """A picture as the paper shows it: made from a page's picture, named by its content."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="plates")
    path = models.CharField(max_length=60, db_index=True)
    file = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "path"], name="plate_is_kept_once")]

    def __str__(self) -> str:
        return self.path


class ReadMore(models.Model):
    """An article that another one recommends at its end."""

    galley = models.ForeignKey(Galley, on_delete=models.CASCADE, related_name="recommends")
    named = models.ForeignKey(Galley, on_delete=models.CASCADE, related_name="recommended_by")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["galley", "position"], name="read_more_place_is_free")]

    def __str__(self) -> str:
        return f"{self.galley_id} recommends {self.named_id}"


class Telling(models.Model):
    """The words that tell what an article is about, most telling first, apart from its long text."""

    galley = models.OneToOneField(Galley, primary_key=True, on_delete=models.CASCADE, related_name="telling")
    words = models.TextField(blank=True)
    published = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.galley_id}: {self.words}"


class Keyword(models.Model):
    """One of the first telling words, by which an article is found: its number, as `rules.likeness` makes it."""

    galley = models.ForeignKey(Galley, on_delete=models.CASCADE, related_name="keywords", db_index=False)
    word = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["galley", "word"], name="keyword_is_kept_once")]
        indexes = [models.Index(fields=["word", "-galley"], name="keyword_newest")]

    def __str__(self) -> str:
        return f"{self.galley_id} is about {self.word}"
