"""Reading settings from the environment, and refusing what is not understood."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    value = text(name, "yes" if default else "no")
    if value not in ("yes", "no"):
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value == "yes"


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number from 0 up, not {value!r}.")
    return int(value)


def one_of(name: str, allowed: tuple[str, ...]) -> str:
    value = text(name, allowed[0])
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret_key(*, production: bool, file: Path) -> str:
    """SECRET_KEY; outside production one is made once and kept in a file that git ignores."""
    value = text("SECRET_KEY")
    if value:
        if production and len(value) < 50:
            raise ImproperlyConfigured("SECRET_KEY must have at least 50 characters.")
        return value
    if production:
        raise ImproperlyConfigured("SECRET_KEY must be set in production.")
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        new = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(new, "w") as opened:
            opened.write(secrets.token_urlsafe(64))
    return file.read_text().strip()


def database(name: str, *, default: Path) -> dict[str, object]:
    """DATABASE_URL as Django's settings: postgres://user:password@host:port/name?sslmode=…,
    sqlite:///relative.sqlite3 or sqlite:////absolute.sqlite3; without it SQLite at `default`."""
    url = text(name)
    parts = urlsplit(url or f"sqlite:///{default}")
    if parts.scheme == "sqlite":
        path = unquote(parts.path[1:])
        if not path:
            raise ImproperlyConfigured(f"{name} names no file: write sqlite:///karvan.sqlite3.")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(f"{name} must begin with postgres:// or sqlite:///, not {url!r}.")
