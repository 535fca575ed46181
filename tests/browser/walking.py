"""Walking through the interview with a browser."""

from tests.journeys.walking import NURSE


def begin(page, site, language="en"):
    page.goto(f"{site}/{language}/")
    page.select_option("select[name=citizenship]", "KG")
    page.click(".ask button")


def asked_on(page):
    return page.get_attribute("input[name=question] >> nth=0", "value")


def answer(page, answers=NURSE):
    """Answer the question on the page, or skip it; gives its id."""
    question = asked_on(page)
    value = answers.get(question)
    if value is None:
        page.locator("button[value=skip]").first.click()
    elif question == "occupation":
        page.fill("#find", value)
        page.click("button[value=find]")
        page.check(f"#v{value}")
        page.click("button[value=answer]")
    else:
        if page.locator("input[type=radio]").count():
            page.check(f"input[value={value}]")
        else:
            page.fill("#id_value", value)
        page.click("button[value=answer]")
    return question


def walk_to_result(page, site, language="en"):
    begin(page, site, language)
    while "/questions/" in page.url:
        answer(page)


def walk_to_plan(page, site, language="en"):
    walk_to_result(page, site, language)
    way = page.locator(".way.open").filter(has=page.locator("input[value=work_permit_abroad]"))
    way.locator("button").click()
