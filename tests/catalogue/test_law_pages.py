"""The law, to be read: any policy on any day, and what changed."""

import pytest

from karvan.policy.showing import policies

POLICY = "/en/law/turkiye/work-permit/"


def test_states_lead_to_their_policies(client, law):
    assert "/en/law/turkiye/" in client.get("/en/law/").content.decode()
    page = client.get("/en/law/turkiye/").content.decode()
    for policy in policies(law):
        assert f"/en/law/turkiye/{policy['id']}/" in page


def test_every_policy_has_a_page_in_every_language(client, law):
    for policy in policies(law):
        for language in ("en", "ru", "tr"):
            assert client.get(f"/{language}/law/turkiye/{policy['id']}/").status_code == 200


def test_the_law_of_another_day_is_shown(client, law):
    before = client.get(f"{POLICY}?on=2024-09-30").content.decode()
    after = client.get(f"{POLICY}?on=2024-10-01").content.decode()
    assert 'value="2024-09-30"' in before
    assert before != after


@pytest.mark.parametrize("typed", ["31.12.2024", "31/12/2024", "2024-12-31"])
def test_a_day_may_be_typed_in_several_ways(client, law, typed):
    assert 'value="2024-12-31"' in client.get(POLICY, {"on": typed}).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31.02.2024", "This is no day of the calendar"),
        ("soon", "This is no day of the calendar"),
        ("", "Give a day."),
        ("1999-01-01", "We have written down the law from"),
    ],
)
def test_a_bad_day_gets_a_clear_message_and_keeps_the_page(client, law, typed, said):
    response = client.get(POLICY, {"on": typed})
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert "Work permit" in page


def test_what_was_typed_is_shown_safely(client, law):
    page = client.get(POLICY, {"on": '"><script>alert(1)</script>'}).content.decode()
    assert "<script" not in page


def test_no_unfilled_term_is_left_in_any_text(client, law):
    for policy in policies(law):
        page = client.get(f"/en/law/turkiye/{policy['id']}/").content.decode()
        assert "{" not in page.split("<main")[1], policy["id"]


def test_changes_between_two_days_name_their_provision(client, law):
    page = client.get("/en/law/turkiye/changes/?from=2024-09-30&to=2024-10-02").content.decode()
    assert "Nothing changed." not in page
    assert "1 October 2024" in page


def test_days_in_the_wrong_order_are_refused_kindly(client, law):
    response = client.get("/en/law/turkiye/changes/?from=2025-01-01&to=2024-01-01")
    assert response.status_code == 400
    assert "The first day must come before the second." in response.content.decode()


def test_an_unknown_state_or_policy_is_a_missing_page(client, law):
    assert client.get("/en/law/atlantis/").status_code == 404
    assert client.get("/en/law/turkiye/magic/").status_code == 404


def test_a_law_page_costs_few_queries(client, law, django_assert_max_num_queries):
    client.get(POLICY)
    with django_assert_max_num_queries(3):
        client.get(POLICY)
