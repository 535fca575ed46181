"""Settings of the tests: the site's own, with what only a test may do."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 5)

from karvan.site.settings import *  # noqa: F403

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
DIRECTION_MAY_BE_FORCED = True
if not os.environ.get("KARVAN_COLLECTED"):
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    WHITENOISE_AUTOREFRESH = True
