"""One question a page; skipping, changing and erasing are always possible."""

import pytest
from django.test import Client

from karvan.journeys.notes import COOKIE, unseal
from tests.journeys.walking import NURSE, answer, asked_at, begin, skip, walk


def notes_of(client):
    return unseal(client.cookies[COOKIE].value)


def test_citizenship_and_destination_lead_to_the_first_question(client, law):
    response = begin(client)
    assert (response.status_code, response.url) == (302, "/en/journeys/questions/1/")
    assert notes_of(client).answers == {"citizenship": "KG"}


def test_without_a_citizenship_the_form_says_what_is_missing(client, law):
    response = client.post("/en/journeys/", {"citizenship": "", "destination": "TR"})
    assert response.status_code == 422
    assert "Choose a country." in response.content.decode()
    assert COOKIE not in client.cookies


def test_the_interview_of_a_nurse_ends_in_a_result_with_an_open_way(client, law):
    asked = walk(client)
    assert set(asked) <= set(law.law.inputs)
    assert len(asked) == len(set(asked))
    page = client.get("/en/journeys/result/").content.decode()
    assert "One way to work is open to you" in page
    assert "Work permit from abroad" in page


def test_an_answer_is_preselected_when_its_page_is_opened_again(client, law):
    begin(client)
    question = asked_at(client, 1)
    answer(client, 1, question, NURSE[question])
    page = client.get("/en/journeys/questions/1/").content.decode()
    assert f'value="{NURSE[question]}" checked' in page


def test_a_changed_answer_leads_on_to_the_first_question_not_yet_answered(client, law):
    walk(client)
    last = len(notes_of(client).asked)
    question = asked_at(client, 1)
    response = answer(client, 1, question, NURSE[question])
    assert response.url == f"/en/journeys/questions/{last + 1}/"


def test_the_citizenship_told_at_the_start_can_be_changed(client, law):
    begin(client)
    page = client.get("/en/journeys/questions/0/").content.decode()
    assert '<option value="KG" selected>' in page
    answer(client, 0, "citizenship", "UZ")
    assert notes_of(client).answers["citizenship"] == "UZ"


def test_a_skipped_question_is_not_asked_again_and_can_be_answered_later(client, law):
    begin(client)
    question = asked_at(client, 1)
    skip(client, 1, question)
    assert asked_at(client, 2) != question
    assert notes_of(client).skipped == (question,)
    assert question not in notes_of(client).answers
    assert "not answered" in client.get("/en/journeys/answers/").content.decode()
    answer(client, 1, question, NURSE[question])
    assert notes_of(client).skipped == ()


def test_i_do_not_know_is_an_answer_that_invents_nothing(client, law):
    begin(client)
    question = asked_at(client, 1)
    answer(client, 1, question, "unknown")
    assert notes_of(client).skipped == (question,)
    assert question not in notes_of(client).answers
    page = client.get("/en/journeys/questions/1/").content.decode()
    assert 'value="unknown" checked' in page


def test_nobody_can_open_a_question_that_was_not_reached(client, law):
    begin(client)
    assert asked_at(client, 7) == "/en/journeys/questions/1/"


def test_an_answer_to_another_question_than_the_pages_is_not_taken(client, law):
    begin(client)
    response = answer(client, 1, "salary", "90000")
    assert response.url == "/en/journeys/questions/1/"
    assert notes_of(client).answers == {"citizenship": "KG"}


def test_no_answer_stands_in_any_address(client, law):
    walk(client)
    pages = [
        client.get(f"/en/journeys/{page}").content.decode() for page in ("result/", "answers/")
    ]
    links = {link.split('"')[0] for page in pages for link in page.split('href="')[1:]}
    for link in links:
        assert not any(word in link for word in ("2221", "KG", "90000", "salary", "citizenship"))


def test_pages_with_answers_are_kept_by_no_browser_and_no_proxy(client, law):
    begin(client)
    for page in ("questions/1/", "result/", "answers/", ""):
        cached = client.get(f"/en/journeys/{page}").headers["Cache-Control"]
        assert "no-store" in cached
        assert "private" in cached


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, law):
    begin(client)
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 4 * 3600


def test_nothing_of_a_journey_reaches_the_database(client, law, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begin(client)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        walk(client)
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert not any("2221" in query["sql"] for query in queries)


def test_one_tap_erases_everything(client, law):
    walk(client)
    response = client.post("/en/journeys/erase/", follow=True)
    assert "Your answers are erased." in response.content.decode()
    assert client.cookies[COOKIE].value == ""
    assert client.get("/en/journeys/result/").url == "/en/journeys/"


def test_looking_for_an_occupation_leaves_a_page_to_come_back_to(client, law):
    begin(client)
    answer(client, 1, "where_now", "outside")
    here = "/en/journeys/questions/2/"
    assert asked_at(client, 2) == "occupation"
    looked = client.post(here, {"question": "occupation", "do": "find", "find": "nurse"})
    assert looked.url == here
    page = client.get(here).content.decode()
    assert 'value="nurse"' in page
    assert 'id="v2221"' in page
    looked = client.post(here, {"question": "occupation", "find": "nurse", "group": "5" * 9999})
    assert looked.url == here
    answer(client, 2, "occupation", "2221")
    page = client.get(here).content.decode()
    assert 'value="nurse"' not in page
    assert 'id="v2221"' in page


def test_erasing_is_never_done_by_a_link(client, law):
    begin(client)
    assert client.get("/en/journeys/erase/").url == "/en/"
    assert client.get("/en/journeys/answers/").status_code == 200


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("save", "result"),
        ("result/day", "result"),
        ("result/choose", "result"),
        ("delete", "return"),
    ],
)
def test_another_language_on_a_page_that_a_form_gave_leads_to_no_empty_page(
    client, law, address, leads_to
):
    begin(client)
    response = client.get(f"/ru/journeys/{address}/", follow=True)
    assert response.redirect_chain == [(f"/ru/journeys/{leads_to}/", 302)]
    assert response.status_code == 200


def test_a_tampered_cookie_begins_anew_with_a_notice(client, law):
    begin(client)
    client.cookies[COOKIE] = client.cookies[COOKIE].value[:-6] + "AAAAAA"
    response = client.get("/en/journeys/questions/1/", follow=True)
    assert response.redirect_chain == [("/en/journeys/", 302)]
    assert "can no longer be read" in response.content.decode()


def test_pages_of_a_journey_lead_to_its_start_where_there_is_none(client, law):
    for page in ("questions/1/", "result/", "answers/"):
        assert client.get(f"/en/journeys/{page}").url == "/en/journeys/"
    assert client.get("/en/journeys/plan/").url == "/en/journeys/result/"


def test_what_was_typed_is_kept_beside_the_error(client, law):
    begin(client)
    n = 1
    while (question := asked_at(client, n)) != "salary":
        answer(client, n, question, NURSE[question])
        n += 1
    response = answer(client, n, "salary", "about <ten>")
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="about &lt;ten&gt;"' in page
    assert "is not a number" in page
    assert 'aria-describedby="id_value_error"' in page
    assert "<title>Error:" in " ".join(page.split()).replace("<title> ", "<title>")


def test_the_employer_is_asked_in_the_employers_words(law):
    worker, employer = Client(), Client()
    begin(worker)
    begin(employer, where="journeys/employers/")
    asked = {}
    for name, client in (("worker", worker), ("employer", employer)):
        question = asked_at(client, 1)
        page = client.get("/en/journeys/questions/1/").content.decode()
        entry = law.law.inputs[question]
        wanted = entry.ask.employer if name == "employer" else entry.ask
        assert wanted.english in page
        asked[name] = question
    assert asked["worker"] == asked["employer"]


def test_the_employers_result_and_plan_speak_of_the_hire(client, law):
    walk(client, where="journeys/employers/")
    assert "to hire this person" in client.get("/en/journeys/result/").content.decode()


def test_an_interview_page_costs_one_query(client, law, django_assert_num_queries):
    begin(client)
    client.get("/en/journeys/questions/1/")
    with django_assert_num_queries(1):
        client.get("/en/journeys/questions/1/")


def test_a_new_start_on_the_same_telephone_keeps_nothing_of_the_one_before(client, law):
    walk(client)
    begin(client, citizenship="UZ")
    assert notes_of(client).answers == {"citizenship": "UZ"}


@pytest.mark.parametrize("language", ["en", "ru", "tr"])
def test_the_whole_interview_works_in_each_language(client, law, language):
    walk(client, language=language)
    response = client.get(f"/{language}/journeys/result/")
    assert response.status_code == 200
    assert "work_permit_abroad" in response.content.decode()
