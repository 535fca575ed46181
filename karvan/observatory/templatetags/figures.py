"""Filters of the observatory's templates."""

from django import template
from django.utils.translation import gettext

from karvan.observatory import wording

register = template.Library()
register.filter("period", wording.period)
register.filter("area", wording.area)
register.filter("slug_of", wording.slug)
# A day of publication is known to the year, the month or the day: a period of that length.
register.filter("published", wording.period)
# The words of an indicator's definition, which the core keeps in English.
register.filter("said", gettext)


@register.filter
def amount(value: float | None, unit: str = "persons") -> str:
    return wording.amount(value, unit)
