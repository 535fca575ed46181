"""What every test shares."""

import os

from hypothesis import settings

# In CI the same examples every time, so that a red run says something about its change; elsewhere
# new ones each time. No deadline: a slow machine is not a failing test.
usual = settings.get_profile("ci" if "CI" in os.environ else "default")
settings.register_profile("karvan", usual, deadline=None)
settings.load_profile("karvan")
