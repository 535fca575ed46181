"""Home, error pages, headers: what every visitor meets first."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from karvan.errors import Refused
from karvan.site.middleware import RefusedMiddleware

pytestmark = pytest.mark.django_db


def test_the_bare_address_leads_to_the_readers_language(client):
    response = client.get("/", headers={"accept-language": "tr"})
    assert (response.status_code, response.url) == (302, "/tr/")


def test_a_language_we_do_not_have_leads_to_english(client):
    assert client.get("/", headers={"accept-language": "fi"}).url == "/en/"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "Work abroad by the open road"),
        ("ru", "Работать за границей открытой дорогой"),
        ("tr", "Yurt dışında açık yoldan çalışın"),
    ],
)
def test_home_speaks_the_language_of_its_address(client, law, language, title):
    page = client.get(f"/{language}/").content.decode()
    assert f'<html lang="{language}"' in page
    assert title in page


def test_the_language_switch_keeps_the_place_and_its_query(client, law):
    page = client.get("/en/law/turkiye/work-permit/?on=2024-09-30").content.decode()
    assert 'href="/ru/law/turkiye/work-permit/?on=2024-09-30"' in page


def test_faces_that_are_not_built_are_named_and_not_linked(client, law):
    page = client.get("/en/").content.decode()
    closed = [row for row in page.split('<div class="row') if "not open yet" in row]
    assert len(closed) == 2
    assert not any("<a " in row.split("</p>")[1] for row in closed)


def test_home_offers_every_country_and_the_region_first(client, law):
    page = client.get("/en/").content.decode()
    region = page.split('label="The region"')[1].split("</optgroup>")[0]
    assert 'value="KG"' in region
    assert 'value="SY"' not in region
    assert 'value="SY"' in page


def test_home_still_stands_where_no_law_is_published(client):
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "There is no such page"),
        ("ru", "Такой страницы нет"),
        ("tr", "Böyle bir sayfa yok"),
    ],
)
def test_a_missing_page_says_so_in_the_readers_language(client, language, said):
    response = client.get(f"/{language}/nowhere/")
    assert response.status_code == 404
    assert said in response.content.decode()


@pytest.mark.parametrize("language", ["en", "ru", "tr"])
def test_a_fault_of_ours_shows_a_calm_page_in_each_language(client, monkeypatch, language):
    def broken(*args):
        raise RuntimeError("a bug")

    monkeypatch.setattr("karvan.site.views.current_editions", broken)
    client.raise_request_exception = False
    response = client.get(f"/{language}/")
    assert response.status_code == 500
    assert "a bug" not in response.content.decode()
    assert f'lang="{language}"' in response.content.decode()


def test_a_form_from_elsewhere_is_turned_away_with_a_reason(law):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/journeys/", {"citizenship": "KG", "destination": "TR"})
    assert response.status_code == 403
    assert "This page had been open too long" in response.content.decode()


def test_a_refusal_becomes_a_page_with_its_sentence_translated(rf: RequestFactory, client):
    request = rf.get("/en/")
    refused = Refused("lapsed", "The offer ended on {day}.", day="1 May")
    request.resolver_match = None
    response = RefusedMiddleware(lambda r: None).process_exception(request, refused)
    assert response.status_code == 409
    assert "The offer ended on 1 May." in response.content.decode()


def test_other_faults_are_left_to_surface(rf):
    middleware = RefusedMiddleware(lambda r: None)
    assert middleware.process_exception(rf.get("/"), ValueError("a bug")) is None


def test_every_page_carries_the_strict_headers(client, law):
    headers = client.get("/en/").headers
    policy = {part.strip() for part in headers["Content-Security-Policy"].split(";")}
    assert policy == {
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    }
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_pages_hold_no_inline_style_or_script(client, law):
    for name in ("home", "journeys:start", "journeys:employers", "catalogue:states"):
        page = client.get(reverse(name)).content.decode()
        assert "<script" not in page
        assert "<style" not in page
        assert " style=" not in page


def test_pages_are_compressed_for_who_can_read_that(client, law):
    response = client.get("/en/", headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 10_000


def test_health_answers_plainly(client):
    response = client.get("/health/")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_robots_keep_out_of_journeys(client):
    assert "Disallow: /ru/journeys/" in client.get("/robots.txt").content.decode()


def test_direction_can_be_forced_only_where_a_setting_allows_it(client, law, settings):
    assert 'dir="rtl"' in client.get("/en/?dir=rtl").content.decode()
    settings.DIRECTION_MAY_BE_FORCED = False
    assert 'dir="rtl"' not in client.get("/en/?dir=rtl").content.decode()
