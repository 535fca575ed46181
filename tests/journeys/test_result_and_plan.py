"""The result explains itself; the plan says who acts, when, with what, at whose cost."""

import pytest
from icalendar import Calendar

from karvan.catalogue.queries import current_edition
from karvan.journeys.notes import COOKIE, unseal
from karvan.journeys.queries import document_for
from tests.factories import editions
from tests.journeys.walking import NURSE, choose, walk


def said_to(client, language="en", **more):
    return document_for(
        current_edition("TR"), unseal(client.cookies[COOKIE].value), language=language, **more
    )[1]


def test_every_way_stands_in_the_result_with_what_it_rests_on(client, law):
    walk(client)
    page = client.get("/en/journeys/result/").content.decode()
    said = said_to(client)
    for status in said["statuses"]:
        assert status["name"].replace("'", "&#x27;") in page
    opened = next(status for status in said["statuses"] if status["outcome"] == "open")
    for reason in opened["reasons"]:
        assert reason["text"].replace("'", "&#x27;") in page
    assert said["edition"] in page


def test_what_cannot_be_told_leads_to_its_question(client, law):
    walk(client, answers={})
    page = client.get("/en/journeys/result/").content.decode()
    assert "We cannot tell yet" in page
    assert "/en/journeys/questions/" in page.split('id="unknown"')[1]


def test_the_law_of_another_day_can_be_asked_for_without_an_address(client, law):
    walk(client)
    response = client.post("/en/journeys/result/day/", {"on": "2024-09-30"})
    assert response.url == "/en/journeys/result/"
    assert "30 September 2024" in client.get("/en/journeys/result/").content.decode()


def test_a_day_outside_what_is_written_down_is_refused_on_the_page(client, law):
    walk(client)
    response = client.post("/en/journeys/result/day/", {"on": "1999-01-01"})
    assert response.status_code == 422
    assert "We have written down the law from" in response.content.decode()


def test_today_beyond_what_is_written_down_gives_the_last_day_and_says_so(client, law, monkeypatch):
    from datetime import date

    later = law.law.covers.end.replace(year=law.law.covers.end.year + 1)
    assert isinstance(later, date)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: later)
    walk(client)
    page = client.get("/en/journeys/result/").content.decode()
    assert "We have written down the law up to" in page


def test_a_way_without_a_plan_cannot_be_chosen(client, law):
    walk(client)
    assert choose(client, "turquoise_card_of_dreams").url == "/en/journeys/result/"
    assert client.get("/en/journeys/plan/").url == "/en/journeys/result/"


@pytest.mark.parametrize("language", ["en", "ru", "tr"])
def test_the_plan_shows_every_step_deadline_and_paper(client, law, language):
    walk(client, language=language)
    assert choose(client, language=language).url == f"/{language}/journeys/plan/"
    page = client.get(f"/{language}/journeys/plan/").content.decode()
    plan = said_to(client, language, chosen="work_permit_abroad")["plan"]
    assert len(plan["steps"]) > 5
    for entry in (*plan["steps"], *plan["deadlines"]):
        assert entry["title"].replace("'", "&#x27;") in page
    for paper in plan["papers"]:
        assert paper["name"].replace("'", "&#x27;") in page
    assert page.count('<svg class="wp"') == len(plan["steps"]) + 1


def test_who_does_not_know_the_employers_figures_gets_a_plan_that_says_so(client, law):
    unknown = ("salary", "turkish_employees", "foreign_employees", "paid_in_capital", "net_sales")
    walk(client, {name: value for name, value in NURSE.items() if name not in unknown})
    page = client.get("/en/journeys/result/").content.decode()
    assert 'name="status" value="work_permit_abroad"' in page
    choose(client)
    page = client.get("/en/journeys/plan/").content.decode()
    assert "It is not settled that this way is open to you." in page
    assert client.get("/en/journeys/plan.pdf").content.startswith(b"%PDF-")


def test_a_citizen_of_the_destination_is_asked_nothing_and_needs_no_permit(client, law):
    assert walk(client, {}, citizenship="TR") == []
    page = client.get("/en/journeys/result/").content.decode()
    assert "One way to work is open to you" in page
    assert "They need no visa and no permit." in page


def test_a_forbidden_charge_is_named_with_its_article_and_not_kept(client, law):
    walk(client)
    choose(client)
    before = unseal(client.cookies[COOKIE].value)
    told = {"charge": "placement", "amount": "500", "currency": "USD"}
    page = client.post("/en/journeys/plan/", told).content.decode()
    assert "The law forbids asking you for this" in page
    assert "Law 4904" in page
    assert unseal(client.cookies[COOKIE].value) == before


def test_a_charge_without_its_kind_is_asked_for_again(client, law):
    walk(client)
    choose(client)
    response = client.post("/en/journeys/plan/", {"charge": "", "amount": "much"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose what the money is asked for." in page
    assert 'value="much"' in page


@pytest.mark.parametrize("language", ["en", "ru", "tr"])
def test_the_plan_can_be_had_as_a_pdf(client, law, language):
    walk(client, language=language)
    choose(client, language=language)
    response = client.get(f"/{language}/journeys/plan.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert "no-store" in response.headers["Cache-Control"]


def test_the_calendar_holds_each_deadline_as_a_whole_day(client, law):
    walk(client)
    choose(client)
    response = client.get("/en/journeys/plan.ics")
    assert response.headers["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    plan = said_to(client, chosen="work_permit_abroad")["plan"]
    days = sorted(event.decoded("dtstart").isoformat() for event in events)
    assert days == sorted(due["date"] for due in plan["deadlines"])
    assert all(len(event.walk("VALARM")) == 1 for event in events)


def test_a_new_edition_of_the_law_is_told(client, law):
    walk(client)
    newer = editions.published_with(editions.reworded(), at=editions.PUBLISHED.replace(month=12))
    page = client.get("/en/journeys/result/").content.decode()
    assert "edition has changed" in page
    assert newer.id in page


def test_an_answer_that_a_new_edition_no_longer_knows_is_forgotten_and_nothing_else(client, law):
    notes = unseal_after_walk(client)
    odd = notes.answer("a_question_of_long_ago", "yes")
    kept, said = document_for(current_edition("TR"), odd, language="en")
    assert kept.answers == notes.answers
    assert "a_question_of_long_ago" not in said["answers"]


def unseal_after_walk(client):
    walk(client)
    return unseal(client.cookies[COOKIE].value)


def test_the_result_costs_few_queries(client, law, django_assert_max_num_queries):
    walk(client)
    client.get("/en/journeys/result/")
    with django_assert_max_num_queries(2):
        client.get("/en/journeys/result/")


def test_an_employer_is_told_to_whom_the_law_speaks_and_what_may_not_be_asked(client, law):
    walk(client, where="journeys/employers/")
    choose(client)
    page = client.post("/en/journeys/plan/", {"charge": "placement"}).content.decode()
    assert "is the person you hire" in page
    assert "The law forbids asking the worker for this" in page
