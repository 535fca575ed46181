"""Walking through the interview with a browser."""

from tests.journeys.walking import NURSE


def press(page, selector):
    """Press what leads to another page, and wait for that page."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def begin(page, site, language="en"):
    page.goto(f"{site}/{language}/")
    page.select_option("select[name=citizenship]", "KG")
    press(page, ".ask button")


def asked_on(page):
    return page.locator("input[name=question]").first.get_attribute("value")


def answer(page, answers=NURSE):
    """Answer the question on the page, or skip it; gives its id."""
    question = asked_on(page)
    value = answers.get(question)
    if value is None:
        press(page, "button[value=skip]")
    elif question == "occupation":
        page.fill("#find", value)
        press(page, "button[value=find]")
        page.check(f"#v{value}")
        press(page, "button[value=answer]")
    else:
        if page.locator("input[type=radio]").count():
            page.check(f"input[value={value}]")
        else:
            page.fill("#id_value", value)
        press(page, "button[value=answer]")
    return question


def walk_to_result(page, site, language="en"):
    begin(page, site, language)
    while "/questions/" in page.url:
        answer(page)


def walk_to_plan(page, site, language="en"):
    walk_to_result(page, site, language)
    press(page, "form:has(input[value=work_permit_abroad]) button")
