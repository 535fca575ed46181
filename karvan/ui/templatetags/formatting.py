"""Formatting filters of every template."""

from datetime import date

from django import template

from karvan.ui import formatting

register = template.Library()
register.filter("money", formatting.money)
register.filter("capital", formatting.capital)
register.filter("country", formatting.country)
register.filter("number", formatting.number)
register.filter("sentence_list", formatting.sentence_list)


@register.filter
def day(value: date | str | None, form: str = "long") -> str:
    return formatting.day(value, form) if value else ""


@register.filter
def day_in(value: date | str, other: date | str) -> str:
    """A day beside another one: the year only where it differs."""
    first, second = formatting.as_day(value), formatting.as_day(other)
    return formatting.day(first, "short" if first.year == second.year else "long")
