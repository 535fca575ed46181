"""A result leads to what else concerns the person, with the answers already given."""

import re
from datetime import date

import pytest

from karvan.journeys.concerns import leads_from
from karvan.journeys.forms import BeginForm
from karvan.journeys.goals import FIRST, WORDS, goals_of
from karvan.journeys.notes import COOKIE, Notes, seal, unseal
from karvan.journeys.queries import evaluation_of
from karvan.policy.model import GOALS
from tests.journeys.walking import NURSE, begin, choose, walk

HERE = {"citizenship": "UZ", "where_now": "inside"}
LAPSED = {
    "where_now": "inside",
    "occupation": "9313",
    "has_offer": "no",
    "overstayed": "yes",
}
LEAVING = {"return_situation": "irregular", "left_unprompted": "yes", "removal_ordered": "no"}


def notes_of(client):
    return unseal(client.cookies[COOKIE].value)


def result(client, language="en"):
    return client.get(f"/{language}/journeys/result/").content.decode()


def ask_for(client, goal, language="en"):
    return client.post(f"/{language}/journeys/result/goal/", {"goal": goal})


def overstay(client, days, **more):
    """Tell, without the interview, of an overstay of so many days until the law's day."""
    client.post("/en/journeys/", {"citizenship": "UZ", "destination": "TR", "goal": "return"})
    ended = date.fromordinal(date(2026, 11, 20).toordinal() - days)
    told = LAPSED | LEAVING | {"overstay_fine_paid": "yes"} | more
    notes = notes_of(client)
    for name, value in {**told, "stay_ended_on": ended.isoformat()}.items():
        notes = notes.answer(name, value)
    client.cookies[COOKIE] = seal(notes)
    client.post("/en/journeys/result/day/", {"on": "2026-11-20"})


def boxes(page):
    return re.findall(r'<div class="stop-box">.*?</div>', page, re.DOTALL)


def leads(law, **answers):
    run = evaluation_of(law, Notes("TR", answers=HERE | answers, on="2026-11-20"))
    sure, perhaps = leads_from(run, answers.pop("goal", FIRST))
    return {lead.goal: lead.answers for lead in sure}, {lead.goal: lead.answers for lead in perhaps}


def test_every_goal_has_its_words_and_work_comes_first():
    assert tuple(WORDS) == GOALS
    assert FIRST == "work"


def test_the_first_page_offers_every_goal_that_the_law_leads_to(client, law):
    page = client.get("/en/journeys/").content.decode()
    choice = page.split('name="goal"')[1].split("</select>")[0]
    assert re.findall(r'value="(\w+)"', choice) == list(goals_of(law.law))
    assert '<option value="work" selected>' in choice


def test_employers_are_not_asked_what_they_want(client, law):
    assert 'name="goal"' not in client.get("/en/journeys/employers/").content.decode()
    begin(client, where="journeys/employers/")
    assert notes_of(client).goal == "work"


def test_who_wants_to_leave_is_asked_about_leaving(client, law):
    client.post("/en/journeys/", {"citizenship": "UZ", "destination": "TR", "goal": "return"})
    assert notes_of(client).goal == "return"
    assert "which way to leave is open to you" in result(client)


def test_a_goal_that_nobody_knows_is_refused(client, law):
    told = {"citizenship": "UZ", "destination": "TR", "goal": "riches"}
    assert client.post("/en/journeys/", told).status_code == 422
    assert COOKIE not in client.cookies


def test_a_goal_that_the_law_of_the_country_does_not_lead_to_is_refused_with_its_name(law):
    told = {"citizenship": "UZ", "destination": "TR", "goal": "return"}
    codes = frozenset({"UZ", "TR"})
    destinations = {"TR": ("work",), "KZ": ("work", "return")}
    form = BeginForm(told, codes=codes, near=(), destinations=destinations)
    assert form.errors == {"goal": ["Karvan does not hold the law of Türkiye on this yet."]}


def test_an_overstay_told_on_the_way_to_work_leads_to_leaving(client, law):
    walk(client, LAPSED, citizenship="UZ")
    (box,) = boxes(result(client))
    assert "Stayed longer than allowed" in box
    assert "Leave by yourself and pay the fine" in box
    assert 'name="goal" value="return"' in " ".join(box.split())


def test_whoever_may_have_overstayed_is_told_where_to_look(client, law):
    walk(client, {"where_now": "inside"}, citizenship="KG")
    page = result(client)
    assert boxes(page) == []
    assert "You have not said whether one of these is so." in page
    assert "Stayed longer than allowed:" in page


def test_who_did_not_overstay_is_led_nowhere_by_it(law):
    assert leads(law, overstayed="no") == ({}, {"protection": ("removal_ordered",)})


def test_nobody_abroad_is_asked_whether_they_must_leave(client, law):
    walk(client, NURSE)
    page = result(client)
    assert boxes(page) == []
    assert "You have not said whether" not in page


def test_a_removal_decision_leads_to_protection_and_not_only_to_leaving(law):
    sure, perhaps = leads(law, overstayed="yes", removal_ordered="yes")
    assert sure == {"return": ("overstayed",), "protection": ("removal_ordered",)}
    assert perhaps == {}


def test_the_answers_go_with_the_person_to_the_other_goal(client, law):
    walk(client, LAPSED, citizenship="UZ")
    choose(client, "refugee_work")
    before = notes_of(client)
    assert ask_for(client, "return").url == "/en/journeys/result/"
    after = notes_of(client)
    assert (after.goal, after.chosen) == ("return", "")
    assert (after.answers, after.skipped, after.asked) == (
        before.answers,
        before.skipped,
        before.asked,
    )


def test_nothing_is_asked_twice_for_the_other_goal(client, law):
    before = walk(client, LAPSED, citizenship="UZ")
    ask_for(client, "return")
    n = len(before) + 1
    page = client.get(f"/en/journeys/questions/{n}/").content.decode()
    assert re.search(r'name="question" value="(\w+)"', page)[1] not in before


def test_another_goal_is_asked_by_a_form_and_stands_in_no_address(client, law):
    walk(client, LAPSED, citizenship="UZ")
    page = result(client)
    for goal in goals_of(law.law):
        if goal != "work":
            assert f'value="{goal}"' in page
    assert not any("goal=" in link for link in re.findall(r'href="([^"]*)"', page))
    assert client.get("/en/journeys/result/goal/?goal=return").url == "/en/journeys/result/"
    assert notes_of(client).goal == "work"


def test_a_goal_without_ways_changes_nothing(client, law):
    walk(client, LAPSED, citizenship="UZ")
    ask_for(client, "riches")
    assert notes_of(client).goal == "work"


def test_another_goal_without_a_journey_leads_to_the_start(client, law):
    assert ask_for(client, "return").url == "/en/journeys/"


def test_employers_are_led_to_no_other_goal(client, law):
    walk(client, LAPSED, where="journeys/employers/")
    page = result(client)
    assert boxes(page) == []
    assert "You may also ask" not in page


def test_leaving_after_an_overstay_says_first_what_follows_and_cites_it(client, law):
    overstay(client, 203)
    page = result(client)
    assert "One way to leave is open to you" in page
    (box,) = boxes(page)
    assert "Know this first" in box
    said = re.findall(r"<li>(.*?)<span class=\"cite\">", box, re.DOTALL)
    assert said[:2] == [
        "If you leave today, the entry ban is 3 months. It ends on 20 February 2027.",
        "After 10 days of overstay the law allows removal. Do not wait.",
    ]
    assert "Law 6458, Art. 9" in box
    assert "The amount of the fine was not found." in page
    assert "Nobody may ask you for" in page
    assert 'href="tel:157"' in page


def test_what_is_not_settled_is_not_said_to_follow(client, law):
    overstay(client, 203)
    notes = notes_of(client)
    client.cookies[COOKIE] = seal(notes.skip("overstay_fine_paid"))
    (box,) = boxes(result(client))
    assert "the entry ban is" not in box
    assert "After 10 days of overstay the law allows removal." in box


def test_who_will_not_pay_is_told_the_longer_ban_though_the_way_is_closed(client, law):
    overstay(client, 203, overstay_fine_paid="no")
    page = result(client)
    assert "It is not settled yet which way to leave is open to you" in page
    assert "If you leave today, the entry ban is 12 months." in boxes(page)[0]


def test_an_announcement_stands_last_and_says_that_no_act_was_found(client, law):
    overstay(client, 203)
    last = boxes(result(client))[0].split("<li>")[-1]
    assert "Announced by officials, no published act found" in last


def test_a_citizen_is_told_that_no_way_of_leaving_is_theirs(client, law):
    client.post("/en/journeys/", {"citizenship": "TR", "destination": "TR", "goal": "return"})
    assert "None of the ways we know is for your situation" in result(client)


def test_a_way_to_another_goal_cannot_be_chosen(client, law):
    walk(client, LAPSED, citizenship="UZ")
    assert choose(client, "leave_and_pay").url == "/en/journeys/result/"
    assert notes_of(client).chosen == ""
    ask_for(client, "return")
    assert choose(client, "leave_and_pay").url == "/en/journeys/plan/"
    assert client.get("/en/journeys/plan/").status_code == 200


def test_the_plan_of_leaving_does_not_speak_of_a_job(client, law):
    overstay(client, 203)
    choose(client, "leave_and_pay")
    page = client.get("/en/journeys/plan/").content.decode()
    assert "Pay the fine at the border and leave" in page
    assert "charge you for the job itself" not in page


@pytest.mark.parametrize("goal", GOALS)
def test_the_interview_of_every_goal_ends_in_a_result(client, law, goal):
    begin(client, citizenship="UZ")
    ask_for(client, goal)
    for n in range(1, 60):
        page = client.get(f"/en/journeys/questions/{n}/")
        if page.status_code == 302:
            break
        name = re.search(r'name="question" value="(\w+)"', page.content.decode())[1]
        value = (LAPSED | LEAVING).get(name)
        told = {"value": value, "do": "answer"} if value else {"do": "skip"}
        client.post(f"/en/journeys/questions/{n}/", {"question": name} | told)
    assert page.url == "/en/journeys/result/"
    assert client.get("/en/journeys/answers/").status_code == 200
    assert result(client).count("<h1>") == 1
