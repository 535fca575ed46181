"""The result page beside a bare Django view behind the same middleware."""

from __future__ import annotations

import os
import tempfile
from statistics import median
from time import process_time

ROUNDS, REQUESTS = 9, 20


def main() -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KARVAN_DATA"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("SECRET_KEY", "only-for-this-benchmark-" * 3)
        os.environ["DJANGO_SETTINGS_MODULE"] = "karvan.site.test"
        import django

        django.setup()
        return measure()


def measure() -> list[str]:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from tests.journeys.walking import walk

    settings.ROOT_URLCONF = "benchmarks.bare_urls"
    call_command("migrate", verbosity=0)
    call_command("publish_editions", verbosity=0)
    plain = Client()
    walk(plain)
    client = Client(headers={"accept-encoding": "gzip"})
    client.cookies = plain.cookies
    pages = {"result": "/en/journeys/result/", "bare": "/bare/"}
    for page in pages.values():
        if client.get(page).status_code != 200:
            raise RuntimeError(f"{page} does not answer.")
    cpu: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, page in pages.items():
            start = process_time()
            for _ in range(REQUESTS):
                client.get(page)
            cpu[name].append((process_time() - start) / REQUESTS * 1e3)
    with CaptureQueriesContext(connection) as queries:
        packed = client.get(pages["result"])
    size = len(plain.get(pages["result"]).content)
    mine, bare = median(cpu["result"]), median(cpu["bare"])
    return [
        f"result page: {mine:.2f} CPU ms a request; bare view, same middleware: {bare:.2f}",
        f"ratio {mine / bare:.1f}; {len(queries)} queries; {size} bytes, "
        f"{len(packed.content)} compressed",
    ]
