"""What a page costs beside a bare Django view behind the same middleware."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

ROUNDS, REQUESTS = 9, 20


def in_a_site(measure: Callable[[], list[str]]) -> list[str]:
    """Measure with the site set up over an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["KARVAN_DATA"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.setdefault("SECRET_KEY", "only-for-this-benchmark-" * 3)
        os.environ["DJANGO_SETTINGS_MODULE"] = "karvan.site.test"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ROOT_URLCONF = "benchmarks.bare_urls"
        call_command("migrate", verbosity=0)
        return measure()


def beside_bare(name: str, page: str, cookies: Any = None, *, kept: bool = True) -> list[str]:
    """CPU time, queries and bytes of a page once it is warm, and their ratio to a bare view. Not
    `kept`: the page is made anew for each request."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    plain = Client()
    client = Client(headers={"accept-encoding": "gzip"})
    if cookies is not None:
        plain.cookies = client.cookies = cookies
    pages = {name: page, "bare": "/bare/"}
    for address in pages.values():
        if client.get(address).status_code != 200:
            raise RuntimeError(f"{address} does not answer.")
    cpu: dict[str, list[float]] = {each: [] for each in pages}
    for _ in range(ROUNDS):
        for each, address in pages.items():
            start = process_time()
            for _ in range(REQUESTS):
                if not kept:
                    cache.clear()
                client.get(address)
            cpu[each].append((process_time() - start) / REQUESTS * 1e3)
    if not kept:
        cache.clear()
    with CaptureQueriesContext(connection) as queries:
        packed = client.get(page)
        # Counted here: the next request begins a new list.
        count = len(queries)
    size = len(plain.get(page).content)
    mine, bare = median(cpu[name]), median(cpu["bare"])
    return [
        f"{name}: {mine:.2f} CPU ms a request; bare view, same middleware: {bare:.2f}",
        f"ratio {mine / bare:.1f}; {count} queries; {size} bytes, {len(packed.content)} compressed",
    ]
