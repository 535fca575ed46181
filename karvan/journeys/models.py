"""Journeys that somebody asked us to keep."""

from django.db import models


class SavedJourney(models.Model):
    """Answers encrypted under a code that only the person has. Nothing here says whose they are:
    no account, no address, no time of day."""

    lookup = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    expires_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"a journey kept until {self.expires_on}"
