"""Nothing stands in the way: axe finds nothing on any page, at any width, in either direction."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.walking import (
    answer,
    asked_on,
    begin,
    press,
    walk_to_plan,
    walk_to_result,
)

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
VIEWS = [
    pytest.param(width, direction, scheme, id=f"{width}-{direction}-{scheme}")
    for width, direction, scheme in (
        (360, "ltr", "light"),
        (1280, "ltr", "light"),
        (360, "rtl", "light"),
        (1280, "rtl", "light"),
        (360, "ltr", "dark"),
    )
]
PUBLIC = (
    "",
    "journeys/",
    "journeys/employers/",
    "journeys/return/",
    "law/",
    "law/turkiye/",
    "law/turkiye/permit-fees/?on=31.02.2024",
    "law/turkiye/recruitment/",
    "law/turkiye/changes/?from=2024-09-30&to=2024-10-02",
    "no-such-page/",
)


def found_on(page):
    response = Axe().run(page, options=RULES).response
    return [
        (page.url, violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
        for violation in response["violations"]
    ]


def turned(page, direction):
    """The same page with its direction forced."""
    if direction == "rtl":
        mark = "&" if "?" in page.url else "?"
        page.goto(f"{page.url}{mark}dir=rtl")
        assert page.get_attribute("html", "dir") == "rtl"
    return page


def sideways(page):
    return page.evaluate("document.scrollingElement.scrollWidth > innerWidth")


@pytest.mark.parametrize(("width", "direction", "scheme"), VIEWS)
def test_public_pages(site, open_page, width, direction, scheme):
    page = open_page(width, scripts=True, color_scheme=scheme)
    for path in PUBLIC:
        mark = "&" if "?" in path else "?"
        page.goto(f"{site}/en/{path}{mark}dir={direction}")
        assert found_on(page) == []
        assert not sideways(page), page.url


@pytest.mark.parametrize("policy", ["work-permit", "entry"])
def test_the_longest_pages_of_the_law(site, open_page, policy):
    page = open_page(360, scripts=True)
    page.goto(f"{site}/ru/law/turkiye/{policy}/")
    assert found_on(page) == []
    assert not sideways(page)


@pytest.mark.parametrize(("width", "direction", "scheme"), VIEWS)
def test_pages_of_a_journey(site, open_page, width, direction, scheme):
    page = open_page(width, scripts=True, color_scheme=scheme)
    begin(page, site)
    kinds = set()
    while "/questions/" in page.url:
        kind = page.locator("main form").first.locator("input:visible, select:visible").first
        seen = kind.get_attribute("type") or "select"
        if seen not in kinds:
            kinds.add(seen)
            assert found_on(turned(page, direction)) == []
            assert not sideways(page), page.url
            press(page, "main button.btn")  # nothing answered: the error beside the field
            assert found_on(page) == []
        answer(page)
    for path in ("result/", "answers/"):
        page.goto(f"{site}/en/journeys/{path}")
        assert found_on(turned(page, direction)) == []
        for details in page.locator("details.more").all():
            details.evaluate("element => { element.open = true }")
        assert found_on(page) == []
        assert not sideways(page), page.url
    page.goto(f"{site}/en/journeys/result/")
    press(page, ".way.open button")
    assert found_on(turned(page, direction)) == []
    assert not sideways(page), page.url
    page.select_option("#id_charge", "placement")
    press(page, ".chargeform button")
    assert found_on(page) == []
    press(page, ".keep button")
    assert found_on(page) == []


@pytest.mark.parametrize("language", ["ru", "tr"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_longer_languages_fit(site, open_page, language, width):
    page = open_page(width, scripts=True)
    for path in PUBLIC:
        page.goto(f"{site}/{language}/{path}")
        assert not sideways(page), page.url
    begin(page, site, language)
    while "/questions/" in page.url:
        assert not sideways(page), (page.url, asked_on(page))
        answer(page)
    assert found_on(page) == []
    assert not sideways(page)
    press(page, ".way.open button")
    assert found_on(page) == []
    assert not sideways(page)


def test_every_way_on_is_large_enough_for_a_thumb(site, open_page):
    page = open_page(360, scripts=True)
    walk_to_result(page, site)
    for target in page.locator("button:visible, .btn:visible, select:visible").all():
        assert target.bounding_box()["height"] >= 43


def test_the_plan_can_be_read_by_its_headings(site, open_page):
    page = open_page(1280, scripts=True)
    walk_to_plan(page, site)
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(e => +e.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
