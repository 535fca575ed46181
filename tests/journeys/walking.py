"""Walking through the interview as a person would."""

import re

NURSE = {
    "where_now": "outside",
    "been_before": "no",
    "occupation": "2221",
    "has_offer": "yes",
    "employer_kind": "company",
    "exempt_purpose": "none",
    "salary": "90000",
    "turkish_employees": "12",
    "foreign_employees": "0",
    "paid_in_capital": "900000",
    "net_sales": "60000000",
    "special_ground": "none",
}
MANY = 60


def begin(client, citizenship="KG", language="en", where="journeys/"):
    return client.post(f"/{language}/{where}", {"citizenship": citizenship, "destination": "TR"})


def asked_at(client, n, language="en"):
    """The id of the question on page n, or where the page leads instead."""
    response = client.get(f"/{language}/journeys/questions/{n}/")
    if response.status_code == 302:
        return response.url
    return re.search(r'name="question" value="(\w+)"', response.content.decode())[1]


def answer(client, n, question, value, language="en"):
    data = {"question": question, "value": value, "do": "answer"}
    return client.post(f"/{language}/journeys/questions/{n}/", data)


def skip(client, n, question, language="en"):
    data = {"question": question, "do": "skip"}
    return client.post(f"/{language}/journeys/questions/{n}/", data)


def walk(client, answers=NURSE, language="en", **start):
    """Begin, and answer what is known; everything else is skipped. Gives the questions asked."""
    begin(client, language=language, **start)
    asked = []
    for n in range(1, MANY):
        question = asked_at(client, n, language)
        if question.startswith("/"):
            return asked
        asked.append(question)
        if question in answers:
            assert answer(client, n, question, answers[question], language).status_code == 302
        else:
            skip(client, n, question, language)
    raise AssertionError("The interview does not end.")


def choose(client, status="work_permit_abroad", language="en"):
    return client.post(f"/{language}/journeys/result/choose/", {"status": status})
