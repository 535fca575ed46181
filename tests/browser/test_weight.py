"""A first view costs at most 30 kB over the wire in at most five requests."""

import pytest

from tests.browser.walking import walk_to_plan

MOST_BYTES, MOST_REQUESTS = 30_000, 5


def measured(page, url):
    """Bytes over the wire, headers included, and requests, from an empty cache."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    sizes, asked = [], []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    page.goto(url, wait_until="networkidle")
    session.detach()
    return sum(sizes), asked


@pytest.mark.parametrize("language", ["en", "ru", "tr"])
@pytest.mark.parametrize("path", ["", "journeys/", "journeys/employers/", "law/"])
def test_first_views_are_light(site, open_page, language, path):
    size, asked = measured(open_page(), f"{site}/{language}/{path}")
    assert 3_000 < size <= MOST_BYTES
    assert 2 <= len(asked) <= MOST_REQUESTS


@pytest.mark.parametrize("language", ["en", "ru", "tr"])
def test_the_pages_of_a_journey_are_light_even_from_an_empty_cache(site, open_page, language):
    page = open_page()
    walk_to_plan(page, site, language)
    for path in ("questions/1/", "result/", "plan/"):
        size, asked = measured(page, f"{site}/{language}/journeys/{path}")
        assert 3_000 < size <= MOST_BYTES, path
        assert len(asked) <= MOST_REQUESTS
