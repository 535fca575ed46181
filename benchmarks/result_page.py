"""The result page beside a bare Django view behind the same middleware."""

from __future__ import annotations

from benchmarks.pages import beside_bare, in_a_site


def main() -> list[str]:
    return in_a_site(measure)


def measure() -> list[str]:
    from django.core.management import call_command
    from django.test import Client

    from tests.journeys.walking import walk

    call_command("publish_editions", verbosity=0)
    walked = Client()
    walk(walked)
    return beside_bare("result page", "/en/journeys/result/", walked.cookies)
