"""Saving is at the person's wish, under a code that only the person has."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from karvan.journeys import limiting
from karvan.journeys.actions import purge_saved_journeys, save_journey
from karvan.journeys.codes import new_code, read_code
from karvan.journeys.models import SavedJourney
from karvan.journeys.notes import COOKIE, Notes, unseal
from karvan.journeys.queries import saved_notes
from tests.journeys.walking import choose, walk

TODAY = date(2026, 11, 23)
NOTES = Notes("TR", "TR-0123456789ab", answers={"citizenship": "KG"})


@pytest.fixture(autouse=True)
def no_attempts_yet():
    limiting._limiter.cache_clear()


def save(client, language="en"):
    client.post(f"/{language}/journeys/save/")
    return code_shown(client, language)


def code_shown(client, language="en"):
    page = client.get(f"/{language}/journeys/save/", follow=True).content.decode()
    found = re.search(r"([0-9A-Z]{4}-){3}[0-9A-Z]{4}", page)
    return found[0] if found else None


def test_a_code_is_sixteen_characters_that_cannot_be_mistaken():
    code = new_code()
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert new_code() != code


@pytest.mark.parametrize(
    "typed",
    [
        "0123-4567-89AB-CDEF",
        "0123456789abcdef",
        " o1z3 4567 89ab cdef ".replace("z", "2"),
        "OI23-4567-89AB-CDEF",
        "O123‑4567‑89АВ‑СDЕF",
    ],
)
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "0123-4567-89AB-CDEF"


@pytest.mark.parametrize("typed", ["", "0123", "0123-4567-89AB-CDE!", "0123-4567-89AB-CDEFG"])
def test_what_cannot_be_a_code_is_not_read(typed):
    assert read_code(typed) is None


def test_what_is_saved_cannot_be_read_without_the_code(db):
    code, expires_on = save_journey(notes=NOTES, today=TODAY)
    row = SavedJourney.objects.get()
    assert expires_on == TODAY + timedelta(days=90)
    assert b"KG" not in bytes(row.sealed)
    assert code.replace("-", "").lower() not in row.lookup
    assert saved_notes(code=code, today=TODAY) == NOTES
    assert saved_notes(code=new_code(), today=TODAY) is None


def test_a_saved_journey_is_found_until_its_last_day_and_then_purged(db):
    code, last = save_journey(notes=NOTES, today=TODAY)
    assert purge_saved_journeys(today=last) == 0
    assert saved_notes(code=code, today=last) == NOTES
    assert saved_notes(code=code, today=last + timedelta(days=1)) is None
    assert purge_saved_journeys(today=last + timedelta(days=1)) == 1


def test_the_purge_command_says_how_many_it_deleted(db, capsys):
    save_journey(notes=NOTES, today=date(2020, 1, 1))
    call_command("purge_saved_journeys")
    assert capsys.readouterr().out == "1 deleted\n"


def test_saving_shows_the_code_once_with_the_day_it_ends(client, law):
    walk(client)
    response = client.post("/en/journeys/save/", follow=True)
    assert response.redirect_chain == [("/en/journeys/save/", 302)]
    assert "Kept until" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert SavedJourney.objects.count() == 1


def test_the_code_stays_when_another_language_is_chosen_on_its_page(client, law):
    walk(client)
    code = save(client)
    for language in ("ru", "tr", "en"):
        assert code_shown(client, language) == code
    assert SavedJourney.objects.count() == 1


@pytest.mark.parametrize("page", ["result/", "answers/", "questions/1/", "return/", ""])
def test_the_code_is_gone_once_its_page_is_left(client, law, page):
    walk(client)
    assert save(client)
    client.get(f"/en/journeys/{page}")
    assert code_shown(client) is None


def test_the_code_stands_in_no_address_and_not_in_what_is_saved(client, law):
    walk(client)
    response = client.post("/en/journeys/save/")
    code = code_shown(client)
    page = client.get("/en/journeys/save/").content.decode()
    assert code not in response.url
    assert not any(code in link.split('"')[0] for link in page.split('href="')[1:])
    assert code not in client.cookies[COOKIE].value
    assert saved_notes(code=code, today=TODAY).code == ""


def test_saving_anew_gives_another_code_for_the_same_answers(client, law):
    walk(client)
    first, second = save(client), save(client)
    assert first != second
    assert saved_notes(code=first, today=TODAY) == saved_notes(code=second, today=TODAY)


def test_the_code_brings_the_answers_back_in_another_browser(client, law):
    walk(client)
    choose(client)
    code, other = save(client), Client()
    response = other.post("/ru/journeys/return/", {"code": code.lower().replace("-", " ")})
    assert response.url == "/ru/journeys/plan/"
    client.get("/en/journeys/plan/")
    assert unseal(other.cookies[COOKIE].value) == unseal(client.cookies[COOKIE].value)


def test_a_wrong_code_says_so_and_keeps_what_was_typed(client, law):
    response = client.post("/en/journeys/return/", {"code": "0000-0000-0000-0000"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Nothing is kept under this code." in page
    assert 'value="0000-0000-0000-0000"' in page


def test_deleting_now_leaves_nothing(client, law):
    walk(client)
    code = save(client)
    response = client.post("/en/journeys/delete/", {"code": code}, follow=True)
    assert "The saved journey is deleted." in response.content.decode()
    assert SavedJourney.objects.count() == 0


def test_deleting_what_is_not_there_is_refused(client, law):
    response = client.post("/en/journeys/delete/", {"code": new_code()})
    assert response.status_code == 409
    assert "Nothing is kept under this code." in response.content.decode()


def test_nothing_is_saved_where_there_are_no_answers(client, law):
    response = client.post("/tr/journeys/save/")
    assert response.status_code == 409
    assert "Kaydedilecek yanıt yok." in response.content.decode()


def test_codes_cannot_be_tried_out(client, law):
    for _ in range(20):
        client.post("/en/journeys/return/", {"code": new_code()})
    response = client.post("/en/journeys/return/", {"code": new_code()})
    assert response.status_code == 429
    assert "too many attempts" in response.content.decode()


def test_behind_a_trusted_proxy_its_word_on_the_address_counts(rf, settings):
    request = rf.get("/", headers={"x-forwarded-for": "6.6.6.6, 198.51.100.7"})
    assert limiting.address_of(request) == "127.0.0.1"
    settings.PROXIES = 1
    assert limiting.address_of(request) == "198.51.100.7"
