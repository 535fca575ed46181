"""Series, their editions and observations."""

from django.db import models

from karvan.analysis.tables import TOTAL, Status


class Series(models.Model):
    """One way of counting one thing. `card` is a karvan.observatory.cards.SeriesCard as JSON, in a
    text because the order of its parts matters; `words` is a digest of it."""

    key = models.SlugField(max_length=80, unique=True)
    concept = models.CharField(max_length=40, db_index=True)
    unit = models.CharField(max_length=20)
    card = models.TextField()
    words = models.CharField(max_length=16)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key


class Edition(models.Model):
    """A publication of a series, which never changes. Figures that were corrected under the same
    key are a further revision of it: the newest counts, the others stay for whoever quoted them.

    `card` is a karvan.observatory.cards.EditionCard as JSON; `hash` is of the card and the figures.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="editions")
    key = models.CharField(max_length=40)
    published = models.CharField(max_length=10, blank=True)
    hash = models.CharField(max_length=64)
    card = models.TextField()
    loaded_at = models.DateTimeField()
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ("series", "published", "key", "loaded_at")
        constraints = (
            models.UniqueConstraint(fields=["series", "key", "hash"], name="edition_loaded_once"),
        )

    def __str__(self) -> str:
        return f"{self.series.key} {self.key}"


class Observation(models.Model):
    """One figure. `first` and `last` are the days of its period, both within."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="observations")
    origin = models.CharField(max_length=8, default=TOTAL)
    destination = models.CharField(max_length=8, default=TOTAL)
    sex = models.CharField(max_length=2, default=TOTAL)
    age = models.CharField(max_length=16, default=TOTAL)
    category = models.CharField(max_length=40, default=TOTAL)
    period = models.CharField(max_length=24)
    first = models.DateField()
    last = models.DateField()
    value = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    status = models.CharField(max_length=1, default=Status.OBSERVED)
    source = models.CharField(max_length=40)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=[
                    "edition",
                    "origin",
                    "destination",
                    "sex",
                    "age",
                    "category",
                    "period",
                    "source",
                ],
                name="observation_counted_once",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[str(status) for status in Status]),
                name="observation_status_known",
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True)
                | ~models.Q(status__in=[str(Status.SUPPRESSED), str(Status.UNKNOWN)]),
                name="observation_withheld_has_no_value",
            ),
        )
        indexes = (
            models.Index(fields=["edition", "destination", "origin"], name="observation_arrivals"),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.origin}-{self.destination} {self.period}"


class Layout(models.Model):
    """How a file with such columns was understood, so that next year's need not be explained.

    `fingerprint` is of the names of its columns, years left out; `mapping` what was said of them
    and of the file; `card` the series that it is of.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    mapping = models.JSONField()
    card = models.TextField()
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.fingerprint[:12]
