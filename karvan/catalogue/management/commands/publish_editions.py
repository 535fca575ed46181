from django.core.management.base import BaseCommand, CommandError

from karvan.catalogue.actions import publish_edition
from karvan.errors import Refused
from karvan.policy.edition import available_states, load_edition
from karvan.policy.errors import ContentErrors


class Command(BaseCommand):
    help = "Publish the law in content/ where it passes its checks and is new."

    def handle(self, *args: object, **options: object) -> None:
        for state in available_states():
            try:
                edition = load_edition(state)
                published = publish_edition(edition=edition)
            except (ContentErrors, Refused) as error:
                raise CommandError(str(error)) from None
            said = "published" if published else "already published"
            self.stdout.write(f"{edition.id} {said}")
