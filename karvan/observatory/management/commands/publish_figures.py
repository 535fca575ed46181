from django.core.management.base import BaseCommand, CommandError

from karvan.errors import Refused
from karvan.observatory.actions import publish_edition
from karvan.observatory.content import read_statistics
from karvan.policy.errors import ContentErrors


class Command(BaseCommand):
    help = "Publish the figures in content/statistics that are new."

    def handle(self, *args: object, **options: object) -> None:
        try:
            shipped = read_statistics()
            published = [
                publish_edition(
                    series=entry.series,
                    edition=entry.edition,
                    figures=entry.figures,
                    revising=True,
                )
                for entry in shipped
            ]
        except (ContentErrors, Refused) as error:
            raise CommandError(str(error)) from None
        new = sum(edition is not None for edition in published)
        self.stdout.write(f"{len(shipped)} editions of figures, {new} of them new")
