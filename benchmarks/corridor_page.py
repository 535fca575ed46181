"""A corridor's page with all shipped figures, beside a bare Django view, same middleware."""

from __future__ import annotations

from benchmarks.pages import beside_bare, in_a_site


def main() -> list[str]:
    return in_a_site(measure)


def measure() -> list[str]:
    from django.core.management import call_command

    call_command("publish_figures", verbosity=0)
    pages = {
        "corridor page": "/en/figures/corridors/kyrgyzstan/turkiye/",
        "region page": "/en/figures/",
        "State page": "/en/figures/states/uzbekistan/",
    }
    return [
        line
        for name, page in pages.items()
        for kept in (False, True)
        for line in beside_bare(f"{name}, {'again' if kept else 'made anew'}", page, kept=kept)
    ]
