"""What OpenAPI says of the API is so, whatever is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from karvan.site.wsgi import application
from tests.factories import figures

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
PATHS = list(schema.raw_schema["paths"])
_PLAIN = {"Host": "testserver", "Accept-Encoding": "identity"}
REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
# A code that no figure has is of the right shape, and refused all the same.
_NOT_SO = ("positive_data_acceptance",)
# Words that lead to figures.
_GOOD = {
    "series": "stock",
    "edition": "latest",
    "form": "csv",
    "indicator": "female_share",
    "origin": "KG",
    "destination": "TR",
    "concept": "migrant_stock",
    "limit": 3,
}


@pytest.fixture
def world(db):
    # A server closes its connection after each answer; here it is what holds the figures.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield figures.world()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_answer_is_as_described(case, world):
    case.headers = _PLAIN
    case.call_and_validate(
        excluded_checks=[CHECKS.get_one(name) for name in _NOT_SO],
    )


@pytest.mark.parametrize("address", PATHS)
def test_every_answer_about_figures_that_are_there_is_as_described(address, world):
    operation = schema[address]["GET"]
    case = operation.Case(
        headers=_PLAIN,
        path_parameters={each.name: _GOOD[each.name] for each in operation.path_parameters},
        query={each.name: _GOOD[each.name] for each in operation.query if each.name in _GOOD},
    )
    response = case.call()
    assert response.status_code == 200
    case.validate_response(response)


def test_every_address_and_parameter_is_in_the_reference():
    page = REFERENCE.read_text("utf-8")
    headings = re.findall(r"^## `(.+)`$", page, re.MULTILINE)
    assert headings == PATHS
    for path in PATHS:
        section = page.split(f"## `{path}`\n")[1].split("\n## ")[0]
        named = {each["name"] for each in schema.raw_schema["paths"][path]["get"]["parameters"]}
        # The language is said once, of all of them.
        assert {name for name in named - {"language"} if f"`{name}`" not in section} == set(), path
