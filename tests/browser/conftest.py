"""The site as it is served: granian, collected static files, a database of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PUBLISH = (
    "import django; django.setup(); from tests.factories import editions; editions.published()"
)


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    """The address of the running site."""
    data = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = os.environ | {
        "DJANGO_SETTINGS_MODULE": "karvan.site.test",
        "DATABASE_URL": f"sqlite:///{data}/karvan.sqlite3",
        "KARVAN_DATA": str(data),
        "KARVAN_COLLECTED": "yes",
    }
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
        ["-c", PUBLISH],
        ["manage.py", "publish_figures"],
    ):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=told, check=True)
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi"),
            *("--host", "127.0.0.1", "--port", str(port), "--log-level", "error"),
            "karvan.site.wsgi:application",
        ],
        cwd=ROOT,
        env=told,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/health/", server)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def wait_for(url, server, seconds=60):
    for _ in range(seconds * 5):
        assert server.poll() is None, "The site did not start."
        try:
            urllib.request.urlopen(url, timeout=2)  # noqa: S310
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("The site does not answer.")


@pytest.fixture(scope="package")
def browser():
    """Only while these tests run: its event loop must not be there for those of the database."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("No Chromium is installed.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser):
    """Makes a page of a given width; as a migrant's old telephone would, without scripts."""
    contexts = []

    def open_page(width=360, scripts=False, **more):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, **more
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
