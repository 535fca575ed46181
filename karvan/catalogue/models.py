"""Published editions."""

from django.db import models


class Edition(models.Model):
    """One State's law as it was published; `bundle` is a zip of the files it was made from."""

    state = models.CharField(max_length=2)
    edition_id = models.CharField(max_length=32, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    bundle = models.BinaryField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes = (models.Index(fields=["state", "-published_at"], name="edition_newest"),)

    def __str__(self) -> str:
        return self.edition_id
