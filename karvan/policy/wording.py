"""Saying the law in a language: texts with their translations, values in the language's form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from karvan.policy.engine import Evaluation
from karvan.policy.law import Law
from karvan.policy.model import Duration, Force, Grounds, Provision, Span, Sure, Text
from karvan.policy.values import Gap, Kind, Money, Type

Day = date
_BRACES = re.compile(r"\{(\w+)\}")
_LOCATOR = re.compile(r"(art|prov|add)\. ")
_UNITS = {"days": "duration-day", "months": "duration-month", "years": "duration-year"}


# English as the region writes it: the day before the month.
_LOCALES = {"en": "en_GB"}
# What a country calls itself in a language where CLDR keeps an older name.
OWN_NAMES = {("ru", "KG"): "Кыргызстан"}


def country_name(code: str, locale: Locale) -> str:
    """The name of a country in a language, from CLDR; the code where there is none."""
    return OWN_NAMES.get((locale.language, code)) or str(locale.territories.get(code, code))


class Reader:
    """One law, read in one language by a worker or an employer."""

    def __init__(self, law: Law, language: str = "en", reader: str = "worker") -> None:
        self.law = law
        self.language = language
        self.reader = reader
        self.locale = Locale.parse(_LOCALES.get(language, language))
        self._translations = law.translations.get(language, {})

    def say(self, text: Text, run: Evaluation | None = None) -> str:
        """A text in this language, or the original where no fresh translation is there.

        Terms in braces are replaced by their values in the run.
        """
        if text.employer and self.reader == "employer":
            text = text.employer
        found = self._translations.get((text.folder, text.key))
        said = found.text if found and found.of == text.english else text.english
        if run is None or "{" not in said:
            return said
        return _BRACES.sub(lambda match: self._term(match[1], run), said)

    def translated(self, text: Text) -> bool:
        if self.language == "en" or not text:
            return True
        found = self._translations.get((text.folder, text.key))
        return found is not None and found.of == text.english

    def _term(self, name: str, run: Evaluation) -> str:
        if name not in run.law.types:
            return "{" + name + "}"
        return self.value(run.value(name), run.law.types[name], name)

    def word(self, key: str, **facts: object) -> str:
        """One of Karvan's own words, with its named facts filled in."""
        said = self.say(self.law.words[key])
        return said.format(**facts) if facts else said

    def value(self, value: Any, type: Type, term: str | None = None) -> str:
        """A value in the form of this language; for a gap, what kind of gap it is."""
        match value:
            case Gap():
                return self.word(f"kind.{value.kind.value}")
            case bool():
                return self.word("yes" if value else "no")
            case Money():
                return self.money(value)
            case date():
                return self.date(value)
            case int() | Decimal():
                return self.number(value, type.unit)
        if type.name == "country":
            return country_name(value, self.locale)
        if type.name == "occupation":
            return self.occupation(value)
        entry = self.law.inputs.get(term) if term else None
        if entry:
            return self.say(dict(entry.options)[value])
        return str(value)

    def occupation(self, code: str) -> str:
        label = self.law.occupations.get(code)
        return f"{self.say(label)} (ISCO {code})" if label else code

    def money(self, money: Money) -> str:
        amount = self._amount(money.amount, money.currency)
        return self.word(f"period.{money.period}", amount=amount) if money.period else amount

    def _amount(self, amount: Decimal, currency: str) -> str:
        """The amount with its ISO code after it: codes are the same in every language."""
        digits = 0 if amount == amount.to_integral_value() else 2
        pattern = "#,##0.00" if digits else "#,##0"
        number = format_currency(
            amount, currency, pattern, locale=self.locale, currency_digits=False
        )
        return f"{number} {currency}"

    def number(self, number: int | Decimal, unit: str | None = None) -> str:
        if unit in _UNITS:
            return self._with_unit(number, _UNITS[unit])
        text = str(format_decimal(number, locale=self.locale))
        return f"{text} %" if unit == "percent" else text

    def _with_unit(self, number: int | Decimal, unit: str) -> str:
        """CLDR leaves out a long form that is the short one (Turkish), and Babel then gives back
        the unit's own key."""
        long = str(format_unit(number, unit, "long", locale=self.locale))
        return str(format_unit(number, unit, "short", locale=self.locale)) if unit in long else long

    def date(self, day: date) -> str:
        return str(format_date(day, "long", locale=self.locale))

    def duration(self, time: Duration) -> str:
        if time.most is None:
            return self._duration(time.least, time.unit)
        least = self.number(time.least)
        return self.word("time.range", least=least, most=self._duration(time.most, time.unit))

    def _duration(self, n: int, unit: str) -> str:
        if unit == "working_days":
            form = self.locale.plural_form(n)
            return self.word(f"working_days.{form}", n=self.number(n))
        return self.number(n, unit)

    @cached_property
    def territories(self) -> dict[str, str]:
        return {code: country_name(code, self.locale) for code in self.law.countries}

    def provision(self, provision: Provision) -> dict[str, str]:
        """`text` is the short citation, `title` the full name of the instrument."""
        instrument = self.law.instruments[provision.instrument]
        short = self.say(instrument.short)
        locator = _LOCATOR.sub(
            lambda match: self.word(f"locator.{match[1]}") + " ", provision.locator
        )
        return {
            "instrument": instrument.id,
            "locator": provision.locator,
            "text": f"{short}, {locator}" if locator else short,
            "title": self.say(instrument.title),
            "url": instrument.url,
        }

    def provisions(self, cite: Iterable[Provision], on: Day | None = None) -> list[dict[str, str]]:
        """Citations; with a day, those whose instrument was in force on it, if any was."""
        cited = list(cite)
        if on:
            instruments = self.law.instruments
            cited = [one for one in cited if instruments[one.instrument].holds_on(on)] or cited
        return [self.provision(provision) for provision in cited]

    def standing(
        self, force: Force, sure: Sure, span: Span | None = None, on: Day | None = None
    ) -> dict[str, str]:
        """How firmly something stands, with one phrase that says so."""
        if force is not Force.IN_FORCE:
            key = f"standing.{force.name.lower()}"
        elif span and on and span.end and span.end < on:
            key = "standing.ended"
        elif span and on and span.start and span.start > on:
            key = "standing.not_yet"
        elif sure is Sure.READ:
            key = "standing.in_force"
        else:
            key = f"sure.{sure.name.lower()}"
        return {"force": force.name.lower(), "sure": sure.name.lower(), "text": self.word(key)}

    def grounds(self, grounds: Grounds, on: Day | None = None) -> dict[str, Any]:
        """Provisions, standing and what was read, for anything that states law."""
        return {
            "provisions": self.provisions(grounds.cite, on if on and on in grounds.span else None),
            "standing": self.standing(grounds.force, grounds.sure, grounds.span, on),
            "sources": self.sources(grounds.facts),
            "facts": list(grounds.facts),
        }

    def sources(self, facts: Iterable[str]) -> list[dict[str, str]]:
        readings = [self.law.readings[fact] for fact in facts]
        return [
            {"title": reading.title, "url": reading.url, "published": reading.published}
            for reading in readings
            if reading.title
        ]

    def kind(self, kind: Kind) -> str:
        return self.word(f"kind.{kind.value}")
