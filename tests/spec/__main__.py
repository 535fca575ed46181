"""`python -m tests.spec`: write the page from the cases."""

from __future__ import annotations

from tests.spec.page import PAGE, page

PAGE.parent.mkdir(parents=True, exist_ok=True)
PAGE.write_text(page(), "utf-8")
