from django.core.management.base import BaseCommand
from django.utils import timezone

from karvan.journeys.actions import purge_saved_journeys


class Command(BaseCommand):
    help = "Delete the saved journeys whose time is over. Run it once a day."

    def handle(self, *args: object, **options: object) -> None:
        count = purge_saved_journeys(today=timezone.localdate())
        self.stdout.write(f"{count} deleted")
