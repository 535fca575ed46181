"""Settings come from the environment, and what is not understood is refused."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from karvan.site import environment
from karvan.site.logs import WithoutQuery

ROOT = Path(__file__).parents[2]


def test_a_flag_is_yes_or_no_and_nothing_else(monkeypatch):
    monkeypatch.setenv("KARVAN_HTTPS", "true")
    with pytest.raises(ImproperlyConfigured, match="must be yes or no"):
        environment.flag("KARVAN_HTTPS", False)


def test_a_number_must_be_a_number(monkeypatch):
    monkeypatch.setenv("KARVAN_PROXIES", "one")
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        environment.number("KARVAN_PROXIES", 0)


def test_a_word_must_be_one_of_those_known(monkeypatch):
    monkeypatch.setenv("KARVAN_ENV", "staging")
    with pytest.raises(ImproperlyConfigured, match="development, production"):
        environment.one_of("KARVAN_ENV", ("development", "production"))


def test_production_needs_a_long_key_of_its_own(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="must be set"):
        environment.secret_key(production=True, file=tmp_path / "key")
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="50 characters"):
        environment.secret_key(production=True, file=tmp_path / "key")


def test_development_makes_a_key_once_and_keeps_it_from_others(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    file = tmp_path / "new" / "key"
    first = environment.secret_key(production=False, file=file)
    assert environment.secret_key(production=False, file=file) == first
    assert len(first) > 50
    assert file.stat().st_mode & 0o077 == 0


def test_a_postgres_address_is_taken_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://some:p%40ss@db:5433/karvan?sslmode=require")
    found = environment.database("DATABASE_URL", default=tmp_path / "x")
    assert found["NAME"] == "karvan"
    assert found["PASSWORD"] == "p@ss"
    assert (found["HOST"], found["PORT"]) == ("db", 5433)
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_another_kind_of_database_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "mysql://db/karvan")
    with pytest.raises(ImproperlyConfigured, match="must begin with"):
        environment.database("DATABASE_URL", default=tmp_path / "x")


def test_production_settings_pass_djangos_own_check(tmp_path):
    told = {
        "PATH": os.environ["PATH"],
        "KARVAN_ENV": "production",
        "KARVAN_DATA": str(tmp_path),
        "SECRET_KEY": "x9-" * 30 + "abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": "karvan.example",
        "DJANGO_SETTINGS_MODULE": "karvan.site.settings",
    }
    run = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def test_a_query_never_reaches_the_log():
    record = logging.LogRecord(
        "django.request", 30, "", 1, "Not Found: %s", ("/en/law/?on=2024-01-01&x=1",), None
    )
    record.request = object()
    assert WithoutQuery().filter(record)
    assert record.getMessage() == "Not Found: /en/law/"
    assert not hasattr(record, "request")
