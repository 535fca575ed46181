"""A nurse from Kyrgyzstan with an offer in Ankara, on an old telephone without scripts."""

import re

import pytest

from tests.browser.walking import answer, asked_on, begin, press, walk_to_plan, walk_to_result

WORDS = {
    "en": {
        "open": "One way to work is open to you",
        "plan": "Your plan",
        "due": "Days not to miss",
        "never": "Nobody may ask you for",
        "forbidden": "The law forbids asking you for this",
        "erased": "Your answers are erased",
        "saved": "Your answers are saved",
    },
    "ru": {
        "open": "Вам открыт 1\u00a0способ работать",
        "plan": "Ваш план",
        "due": "Сроки, которые нельзя пропустить",
        "never": "Никто не вправе требовать с вас",
        "forbidden": "Закон запрещает требовать это с вас",
        "erased": "Ваши ответы стёрты",
        "saved": "Ваши ответы сохранены",
    },
    "tr": {
        "open": "Size çalışmak için bir yol açık",
        "plan": "Planınız",
        "due": "Kaçırılmaması gereken günler",
        "never": "Kimse sizden isteyemez",
        "forbidden": "Kanun sizden bunun istenmesini yasaklıyor",
        "erased": "Yanıtlarınız silindi",
        "saved": "Yanıtlarınız kaydedildi",
    },
}


@pytest.mark.parametrize("language", ["en", "ru", "tr"])
def test_from_home_to_the_plan_the_code_and_erasing(site, open_page, language):
    page, words = open_page(), WORDS[language]
    walk_to_result(page, site, language)
    assert words["open"] in page.locator("h1").inner_text()
    press(page, ".way.open button")
    assert page.url.endswith(f"/{language}/journeys/plan/")
    text = page.locator("main").inner_text()
    for said in (words["plan"], words["due"], words["never"]):
        assert said in text
    assert page.locator(".road > li").count() > 5

    page.select_option("#id_charge", "placement")
    press(page, ".chargeform button")
    assert words["forbidden"] in page.locator(".judged").inner_text()

    press(page, ".keep button")
    assert words["saved"] in page.locator("h1").inner_text()
    code = page.locator(".code").inner_text()
    press(page, ".erase")
    assert words["erased"] in page.locator("main").inner_text()

    page.goto(f"{site}/{language}/journeys/return/")
    page.fill("#id_code", code.lower())
    press(page, ".codeform button")
    assert page.url.endswith("/journeys/plan/")


def test_whoever_stayed_too_long_is_led_to_leaving_and_keeps_the_code(site, open_page):
    page = open_page()
    begin(page, site)
    told = {"where_now": "inside", "overstayed": "yes"}
    while "/questions/" in page.url:
        answer(page, told)
    press(page, ".stop-box button")
    assert page.url.endswith("/en/journeys/result/")
    assert "which way to leave" in page.locator("h1").inner_text()
    assert "Do not wait." in page.locator(".stop-box").inner_text()

    press(page, ".keep button")
    code = page.locator(".code").inner_text()
    page.click(".lang summary")
    press(page, ".lang a[lang=ru]")
    assert page.locator(".code").inner_text() == code
    press(page, "a.btn")
    assert page.url.endswith("/ru/journeys/result/")


def test_the_back_button_shows_the_question_before_with_its_answer(site, open_page):
    page = open_page()
    begin(page, site)
    first = asked_on(page)
    answer(page)
    second = asked_on(page)
    assert second != first
    page.go_back()
    assert asked_on(page) == first
    assert page.locator("input[type=radio]:checked").count() == 1
    press(page, "button[value=answer]")
    assert asked_on(page) == second


def test_after_erasing_the_back_button_brings_nothing_back(site, open_page):
    page = open_page()
    walk_to_result(page, site)
    press(page, ".erase")
    page.goto(f"{site}/en/journeys/result/")
    assert page.url.endswith("/en/journeys/")
    assert page.context.cookies() == [
        cookie for cookie in page.context.cookies() if cookie["name"] != "journey"
    ]


def test_a_word_finds_the_job_and_groups_can_be_looked_through(site, open_page):
    page = open_page()
    begin(page, site)
    while asked_on(page) != "occupation":
        answer(page)
    page.fill("#find", "nurse")
    with page.expect_navigation():
        page.press("#find", "Enter")
    assert page.locator("#v2221").is_visible()
    page.fill("#find", "qqqq")
    with page.expect_navigation():
        page.press("#find", "Enter")
    assert "Nothing was found" in page.locator("main").inner_text()
    press(page, "button[value='2']")
    press(page, "button[value='22']")
    assert page.locator("#v2221").is_visible()


def test_changing_the_language_keeps_the_place(site, open_page):
    page = open_page()
    begin(page, site)
    answer(page)
    where = page.url
    page.click(".lang summary")
    press(page, ".lang a[lang=ru]")
    assert page.url == where.replace("/en/", "/ru/")


def test_no_page_of_a_journey_runs_or_asks_for_any_script(site, open_page):
    page = open_page(scripts=True)
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    walk_to_plan(page, site)
    assert refused == []
    assert page.locator("script").count() == 0


def test_the_whole_journey_can_be_done_with_the_keyboard(site, open_page):
    page = open_page(width=1280)
    page.goto(f"{site}/en/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.select_option("select[name=citizenship]", "KG")
    page.focus(".ask button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert re.search(r"/questions/1/$", page.url)


def test_the_plan_prints_without_navigation_and_with_boxes_to_tick(site, open_page):
    page = open_page(width=1280)
    walk_to_plan(page, site)
    page.emulate_media(media="print")
    for hidden in (".lang", ".erase", ".keep", ".chargeform", ".crumbs"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".tick").first.is_visible()
