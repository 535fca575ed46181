"""Forms: one for each type of question, and those around a journey.

Each question's form gives `raw`, the answer in the law's own writing.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from karvan.journeys.codes import read_code
from karvan.journeys.goals import FIRST, WORDS
from karvan.journeys.numerals import read_amount, read_decimal, read_whole
from karvan.ui import formatting

UNKNOWN = "unknown"


class AnswerForm(forms.Form):
    """The base of a question's form. `entry` is the question as the document says it."""

    template = "journeys/fields/text.html"

    def __init__(self, entry: dict[str, Any], data: Any = None, given: str = "") -> None:
        self.entry = entry
        super().__init__(data, initial=self.initial_of(given) if given else None)

    @property
    def raw(self) -> str:
        return self.cleaned_data["value"]

    def initial_of(self, given: str) -> dict[str, Any]:
        return {"value": given}


class ChoiceForm(AnswerForm):
    """Yes or no, or one of a few."""

    template = "journeys/fields/choice.html"
    value = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose one of the answers, or skip the question."),
            "invalid_choice": gettext_lazy("Choose one of the answers, or skip the question."),
        }
    )

    def __init__(self, entry: dict[str, Any], data: Any = None, given: str = "") -> None:
        super().__init__(entry, data, given)
        self.options = [(o["value"], o["label"]) for o in entry.get("options") or ()]
        if not self.options:
            self.options = [("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))]
        self.fields["value"].choices = [*self.options, (UNKNOWN, "")]

    @property
    def chosen(self) -> str:
        return self["value"].value() or ""


class CountryForm(AnswerForm):
    template = "journeys/fields/country.html"
    value = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose a country."),
            "invalid_choice": gettext_lazy("Choose a country from the list."),
        }
    )

    def __init__(
        self, entry: dict[str, Any], codes: frozenset[str], data: Any = None, given: str = ""
    ) -> None:
        super().__init__(entry, data, given)
        self.fields["value"].choices = [("", ""), *formatting.countries(codes)]
        self.fields["value"].widget.attrs["autocomplete"] = "country"


class TypedForm(AnswerForm):
    """A number or an amount, typed in any of the region's ways."""

    value = forms.CharField(
        max_length=40,
        error_messages={"required": gettext_lazy("Type a number, or skip the question.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(
        self,
        entry: dict[str, Any],
        data: Any = None,
        given: str = "",
        low: Any = None,
        high: Any = None,
    ) -> None:
        self.low, self.high = low, high
        super().__init__(entry, data, given)

    @property
    def unit(self) -> str:
        return unit_name(self.entry.get("unit") or "")

    def initial_of(self, given: str) -> dict[str, Any]:
        return {"value": formatting.number(given.split(" ")[0])}

    def clean_value(self) -> str:
        typed, kind = self.cleaned_data["value"], self.entry["type"]
        read = {"integer": read_whole, "decimal": read_decimal, "money": read_amount}[kind]
        found = read(typed)
        if found is None:
            raise forms.ValidationError(
                _("“{typed}” is not a number. Write only figures, for example {example}.").format(
                    typed=typed, example=formatting.number(12 if kind == "integer" else 33030)
                )
            )
        self._check_range(Decimal(found))
        return f"{found} {self.entry['unit']}" if kind == "money" else str(found)

    def _check_range(self, found: Decimal) -> None:
        low, high = (getattr(end, "amount", end) for end in (self.low, self.high))
        if low is not None and found < low:
            raise forms.ValidationError(
                _("The number must be {least} or more.").format(least=formatting.number(low))
            )
        if high is not None and found > high:
            raise forms.ValidationError(
                _("The number must be {most} or less.").format(most=formatting.number(high))
            )


class DayForm(AnswerForm):
    """Three fields: no order of day and month to guess, and a year is not scrolled to."""

    template = "journeys/fields/day.html"
    day = forms.CharField(max_length=2, required=False)
    month = forms.CharField(max_length=2, required=False)
    year = forms.CharField(max_length=4, required=False)

    def __init__(
        self,
        entry: dict[str, Any],
        data: Any = None,
        given: str = "",
        low: date | None = None,
        high: date | None = None,
    ) -> None:
        self.low, self.high = low, high
        super().__init__(entry, data, given)

    @property
    def months(self) -> list[tuple[str, str]]:
        return [(str(n), name) for n, name in formatting.month_names().items()]

    @property
    def raw(self) -> str:
        return self.cleaned_data["found"].isoformat()

    def initial_of(self, given: str) -> dict[str, Any]:
        found = date.fromisoformat(given)
        return {"day": found.day, "month": str(found.month), "year": found.year}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        parts = [said.get(part, "").strip() for part in ("year", "month", "day")]
        if not all(part.isdecimal() for part in parts) or len(parts[0]) != 4:
            raise forms.ValidationError(_("Give the day, the month and the year in four figures."))
        year, month, day_of_month = map(int, parts)
        try:
            found = date(year, month, day_of_month)
        except ValueError:
            raise forms.ValidationError(_("There is no such day in the calendar.")) from None
        if self.low and found < self.low:
            first = formatting.day(self.low)
            raise forms.ValidationError(_("The day must be {first} or later.").format(first=first))
        if self.high and found > self.high:
            last = formatting.day(self.high)
            raise forms.ValidationError(_("The day must be {last} or earlier.").format(last=last))
        return said | {"found": found}


class OccupationForm(AnswerForm):
    template = "journeys/fields/occupation.html"
    value = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Search for the job and choose one, or skip the question."),
            "invalid_choice": gettext_lazy("Choose one of the jobs in the list."),
        }
    )

    def __init__(
        self, entry: dict[str, Any], names: dict[str, str], data: Any = None, given: str = ""
    ) -> None:
        super().__init__(entry, data, given)
        self.names = names
        self.given = given
        self.fields["value"].choices = [
            (code, name) for code, name in names.items() if len(code) == 4
        ]


class BeginForm(forms.Form):
    """The first things: citizenship, what the person wants, and of which State. `destinations`
    gives the goals that the law of each leads to."""

    citizenship = forms.ChoiceField(
        error_messages={"required": gettext_lazy("Choose a country.")},
    )
    goal = forms.ChoiceField(required=False)  # employers are not asked
    destination = forms.ChoiceField(
        error_messages={"required": gettext_lazy("Choose a country.")},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        codes: frozenset[str],
        near: tuple[str, ...],
        destinations: dict[str, tuple[str, ...]],
    ) -> None:
        first_one = next(iter(destinations), "")
        super().__init__(data, initial={"destination": first_one, "goal": FIRST})
        self.goals = destinations
        first = [pair for pair in formatting.countries(codes) if pair[0] in near]
        rest = [pair for pair in formatting.countries(codes) if pair[0] not in near]
        self.fields["citizenship"].choices = [
            ("", _("Choose a country")),
            (_("The region"), first),
            (_("All other countries"), rest),
        ]
        self.fields["destination"].choices = formatting.countries(destinations)
        led_to = {goal for goals in destinations.values() for goal in goals}
        self.fields["goal"].choices = [
            (goal, words.wish) for goal, words in WORDS.items() if goal in led_to
        ]

    def clean_goal(self) -> str:
        return self.cleaned_data["goal"] or FIRST

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        state, goal = said.get("destination"), said.get("goal")
        if state and goal and goal not in self.goals[state]:
            self.add_error(
                "goal",
                _("Karvan does not hold the law of {country} on this yet.").format(
                    country=formatting.country(state)
                ),
            )
        return said


class ChargeForm(forms.Form):
    """What somebody asks a person to pay. Nothing of it is kept."""

    charge = forms.ChoiceField(
        error_messages={"required": gettext_lazy("Choose what the money is asked for.")}
    )
    amount = forms.CharField(
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(required=False)

    def __init__(
        self, data: Any = None, *, charges: list[tuple[str, str]], currencies: list[str]
    ) -> None:
        super().__init__(data)
        self.fields["charge"].choices = [("", _("Choose")), *charges]
        self.fields["currency"].choices = [(code, code) for code in currencies]

    def clean_amount(self) -> Decimal | None:
        typed = self.cleaned_data["amount"]
        found = read_amount(typed) if typed else None
        if typed and found is None:
            raise forms.ValidationError(
                _("“{typed}” is not a number. Write only figures, for example {example}.").format(
                    typed=typed, example=formatting.number(500)
                )
            )
        return found


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=60,
        error_messages={"required": gettext_lazy("Type the code.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("A code has sixteen letters and figures. Please look at it again.")
            )
        return code


def unit_name(unit: str) -> str:
    """A unit as a person says it: TRY a month, days, people."""
    currency, _slash, period = unit.partition("/")
    said = {
        "hour": _("{currency} an hour"),
        "day": _("{currency} a day"),
        "week": _("{currency} a week"),
        "month": _("{currency} a month"),
        "year": _("{currency} a year"),
    }
    if period in said:
        return said[period].format(currency=currency)
    return {
        "days": _("days"),
        "months": _("months"),
        "years": _("years"),
        "percent": "%",
        "people": _("people"),
    }.get(unit, unit)
