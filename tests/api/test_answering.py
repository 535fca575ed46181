"""What holds for every address: who may read, how long it lasts, and how it says no."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from karvan.api.answering import public
from karvan.errors import Refused
from tests.factories import figures

STOCK = "/api/v1/series/stock/editions/latest/observations"


@pytest.mark.parametrize(
    "address", ["/api/v1/series", "/api/v1/openapi.json", "/api/v1/nothing", STOCK]
)
def test_pages_of_any_origin_may_read_and_nothing_is_left_with_the_reader(client, world, address):
    response = client.get(address)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies


def test_only_the_api_is_open_to_pages_of_any_origin(client):
    assert "Access-Control-Allow-Origin" not in client.get("/robots.txt")


def test_an_answer_may_be_kept_for_a_while_and_a_refusal_not(client, world):
    assert client.get(STOCK)["Cache-Control"] == "public, max-age=300"
    assert client.get("/api/v1/series/nothing")["Cache-Control"] == "no-store"


def test_what_the_reader_has_is_not_sent_again(client, world):
    tag = client.get(STOCK)["ETag"]
    again = client.get(STOCK, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_what_the_reader_has_is_sent_anew_once_a_figure_was_corrected(client, world):
    tag = client.get(STOCK)["ETag"]
    figures.published(rows=figures.FIGURES_2024.head(2), at=figures.LATER)
    again = client.get(STOCK, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.json()["total"] == 2


def test_another_question_has_another_tag(client, world):
    assert client.get(STOCK)["ETag"] != client.get(STOCK, {"origin": "KG"})["ETag"]


def test_the_head_of_an_answer_can_be_asked_for_alone(client, world):
    head, whole = client.head(STOCK), client.get(STOCK)
    assert (head.status_code, head["ETag"], head.content) == (200, whole["ETag"], b"")


def test_nothing_can_be_written(client):
    for method in (client.post, client.put, client.patch, client.delete):
        response = method("/api/v1/series")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert response.json()["code"] == "method_not_allowed"


def test_a_browser_that_asks_first_is_told_that_it_may(client):
    response = client.options("/api/v1/series")
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", ["", "series/", "nothing", "series/stock/editions"])
def test_an_address_that_is_not_there_is_refused_in_the_same_shape(ask, address):
    assert ask(address, 404) == {
        "code": "no_such_address",
        "message": f"There is nothing at the address /api/v1/{address}.",
        "remedy": "The address /api/v1/openapi.json describes all there are.",
    }


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            {"orgin": "KG"},
            {
                "code": "unknown_parameter",
                "message": "There is no parameter 'orgin' here.",
                "remedy": "Write one of: origin.",
            },
        ),
        (
            {"origin": "KGZ"},
            {
                "code": "unknown_code",
                "message": "No figure here has the origin 'KGZ'.",
                "remedy": "Nearest of those that have figures: KG.",
            },
        ),
        (
            {"limit": "0"},
            {
                "code": "bad_parameter",
                "message": "'0' is no value of the parameter 'limit'.",
                "remedy": "How many observations at most: from 1 to 10000, usually 1000.",
            },
        ),
        (
            {"from": "20x4"},
            {
                "code": "bad_parameter",
                "message": "'20x4' is no period.",
                "remedy": "Only periods that begin with this period or later: "
                "2024, 2024-Q3, 2024-07.",
            },
        ),
        (
            {"from": "2024", "to": "2020"},
            {
                "code": "period_backwards",
                "message": "The periods from 2024 to 2020 run backwards.",
                "remedy": "Let 'from' come before 'to'.",
            },
        ),
    ],
)
def test_a_question_written_wrong_is_told_what_and_what_to_write(ask, asked, told):
    assert ask("series/stock/editions/latest/observations", 400, **asked) == told


def test_more_parameters_than_can_be_read_are_refused_and_as_many_codes_are_not(ask):
    address = "series/stock/editions/latest/observations"
    assert ask(address, 400, origin=["KG"] * 100)["code"] == "too_many_parameters"
    assert ask(address, origin=",".join(["KG"] * 100))["total"] == 4


def test_a_parameter_that_is_needed_is_named(ask):
    told = ask("observations", 400)
    assert told["message"] == "The parameter 'concept' is missing."


@pytest.mark.parametrize("given", ["9" * 5000, "-1", "1e3", "\0", "१", "\ud7ff\uffff"])
def test_a_number_that_is_none_is_refused(ask, given):
    for name in ("limit", "offset"):
        if (name, given) != ("offset", "१"):
            told = ask("series/stock/editions/latest/observations", 400, **{name: given})
            assert told["code"] == "bad_parameter"


def test_a_character_that_databases_refuse_is_refused_before(ask):
    assert ask("series/stock/editions/latest/observations", 400, origin="K\0G")
    assert ask("series/s%00k/editions/latest/observations", 404)
    assert ask("series/stock/editions/%00/observations", 404)
    assert ask("indicators/female_share", 400, origin="\0", destination="TR")


def test_whatever_an_action_refuses_is_told_in_the_same_shape():
    def refuses(request):
        raise Refused("too_late", "The edition of {year} is closed.", year=2020)

    response = public(refuses, {})(RequestFactory().get("/"))
    assert response.status_code == 409
    assert response.content == (
        b'{"code": "too_late", "message": "The edition of 2020 is closed.", "remedy": ""}'
    )
