"""Forms that several subjects share."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.ui import formatting


class CoveredDayField(forms.DateField):
    """A day among those for which the law is written down."""

    def __init__(self, *, first: date, last: date) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
            error_messages={
                "required": gettext_lazy("Give a day."),
                "invalid": gettext_lazy("This is no day of the calendar. Write it as 31.12.2026."),
            },
        )
        self.first, self.last = first, last

    def clean(self, value: Any) -> date:
        day = super().clean(value)
        if not self.first <= day <= self.last:
            raise forms.ValidationError(
                _("We have written down the law from {first} to {last}.").format(
                    first=formatting.day(self.first), last=formatting.day(self.last)
                )
            )
        return day


class DayForm(forms.Form):
    """The day whose law is shown."""

    def __init__(self, data: Any, *, first: date, last: date) -> None:
        super().__init__(data)
        self.fields["on"] = CoveredDayField(first=first, last=last)


class PeriodForm(forms.Form):
    """Two days of the law, to be compared."""

    def __init__(self, data: Any, *, first: date, last: date) -> None:
        super().__init__(data)
        self.fields["from"] = CoveredDayField(first=first, last=last)
        self.fields["to"] = CoveredDayField(first=first, last=last)

    def clean(self) -> dict[str, Any]:
        days = super().clean()
        if "from" in days and "to" in days and days["from"] >= days["to"]:
            raise forms.ValidationError(_("The first day must come before the second."))
        return days
