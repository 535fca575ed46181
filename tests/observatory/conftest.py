import pytest
from django.core.management import call_command


@pytest.fixture
def shipped_figures(db):
    """All figures that come with Karvan."""
    call_command("publish_figures", verbosity=0)
